"""The script that a person reads and runs, and that prints what `assess` looks at."""

import re
from collections.abc import Iterable

from dok_guide.model import Catalog
from dok_guide.render import render_template

#: What Kubernetes takes as the name of a namespace, and of a resource with its group.
_NAMESPACE = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_RESOURCE = re.compile(r"[a-z0-9]+(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
#: What is read in each chosen namespace; Secrets apart, of which no value may leave.
NAMESPACED = (
    "pods", "replicasets.apps", "deployments.apps", "statefulsets.apps", "daemonsets.apps",
    "jobs.batch", "cronjobs.batch", "services", "serviceaccounts", "configmaps",
    "persistentvolumeclaims", "ingresses.networking.k8s.io", "networkpolicies.networking.k8s.io",
    "poddisruptionbudgets.policy",
)  # fmt: skip
#: Ways in from outside that not every cluster knows.
ROUTES = (
    "gateways.gateway.networking.k8s.io", "httproutes.gateway.networking.k8s.io",
    "grpcroutes.gateway.networking.k8s.io", "tlsroutes.gateway.networking.k8s.io",
    "tcproutes.gateway.networking.k8s.io", "routes.route.openshift.io",
)  # fmt: skip
#: What is read in the whole cluster; none of it holds a secret.
OF_CLUSTER = (
    "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
    "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
    "validatingwebhookconfigurations.admissionregistration.k8s.io",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io", "persistentvolumes",
)  # fmt: skip


def script(
    catalog: Catalog,
    namespaces: Iterable[str],
    operators: Iterable[str],
    kinds: Iterable[str] = (),
) -> str:
    """Return the script for namespaces of databases and of operators.

    `kinds` are resources of an operator that the guide does not know, `things.db.example.org`.
    Raises ValueError for a name that Kubernetes would not take.
    """
    databases, systems = tuple(dict.fromkeys(namespaces)), tuple(dict.fromkeys(operators))
    for name in (*databases, *systems):
        if not _NAMESPACE.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a namespace")
    for name in kinds:
        if not _RESOURCE.fullmatch(name):
            raise ValueError(f"{name!r} is no resource with its group, as things.db.example.org")
    every = tuple(dict.fromkeys((*known_kinds(catalog), *kinds)))
    return render_template(
        "collect.sh",
        version=catalog.version,
        databases=databases,
        operators=systems,
        every=tuple(dict.fromkeys((*databases, *systems))),
        namespaced=(*NAMESPACED, *ROUTES, *every),
        of_cluster=OF_CLUSTER,
        kinds=every,
    )


def known_kinds(catalog: Catalog) -> tuple[str, ...]:
    """Return the resources of the operators that the guide knows, with their groups."""
    return tuple(
        f"{kind.plural}.{group}"
        for operator in catalog.operators
        for kind in operator.kinds
        for group in kind.groups
    )
