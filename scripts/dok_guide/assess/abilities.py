"""What rights come to in plain words: the abilities that a reviewer asks about, gravest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WRITE = ("create", "update", "patch")
_CHANGE = ("update", "patch")
_READ = ("get", "list", "watch")
_END = ("delete", "deletecollection")
_RBAC, _ADMISSION = "rbac.authorization.k8s.io", "admissionregistration.k8s.io"
_CERTIFICATES = "certificates.k8s.io"
#: Verbs and resources as a person says them.
_VERBS = {
    "create": "create", "update": "change", "patch": "change",
    "delete": "delete", "deletecollection": "delete",
}  # fmt: skip
_NAMES = {
    "clusterroles": "roles", "rolebindings": "bindings", "clusterrolebindings": "bindings",
    "services": "Services", "endpoints": "Endpoints", "endpointslices": "EndpointSlices",
    "ingresses": "Ingresses", "routes": "Routes",
}  # fmt: skip


#: Any of the verbs on a resource, which is a group and a name.
Right = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Need:
    """Rights of which any one is enough."""

    rights: tuple[Right, ...]

    def __or__(self, other: "Need") -> "Need":
        """Return the need that either of two fulfills."""
        return Need((*self.rights, *other.rights))

    @property
    def single(self) -> Iterator[tuple[str, str, str]]:
        """Each group, resource and verb."""
        for group, resource, verbs in self.rights:
            yield from ((group, resource, verb) for verb in verbs)


@dataclass(frozen=True)
class Ability:
    """What a person may do who has all `needs` in the same place.

    `does` says it in words, with `{verbs}` and `{resources}` for what is granted of its needs.
    `cluster`: the resources belong to no namespace, so a RoleBinding grants nothing. `whole`: who
    has it everywhere can take over the whole cluster. `accounts`: the rights of other accounts in
    the same place come with it.
    """

    id: str
    does: str
    means: str
    needs: tuple[Need, ...]
    cluster: bool = False
    whole: bool = False
    accounts: bool = False

    def words(self, held: Iterable[tuple[str, str, str]]) -> str:
        """Return what it means to hold some of its rights: a group, a resource and a verb each."""
        rights = tuple(held)
        verbs = {_VERBS.get(verb, verb) for _, _, verb in rights}
        known = [word for word in dict.fromkeys(_VERBS.values()) if word in verbs]
        names = dict.fromkeys(_NAMES.get(resource, resource) for _, resource, _ in rights)
        return self.does.format(verbs=_any_of(known), resources=_any_of(names))

    @property
    def general(self) -> str:
        """What it means to hold all of its rights."""
        return self.words(right for need in self.needs for right in need.single)


def _any_of(words: Iterable[str]) -> str:
    *others, last = tuple(words) or ("",)
    return f"{', '.join(others)} or {last}" if others else last


def _need(verbs: tuple[str, ...], group: str, *resources: str) -> Need:
    return Need(tuple((group, resource, verbs) for resource in resources))


_PODS = (
    _need(_WRITE, "", "pods", "replicationcontrollers")
    | _need(_WRITE, "apps", "deployments", "statefulsets", "daemonsets", "replicasets")
    | _need(_WRITE, "batch", "jobs", "cronjobs")
)

EVERYTHING = Ability(
    "everything", "do everything",
    "It is an administrator there: Secrets, commands in pods, roles, deletion.",
    (_need(("*",), "*", "*"),), whole=True, accounts=True,
)  # fmt: skip

ABILITIES = (
    Ability(
        "escalate", "change roles to more than its own rights",
        "With `escalate` it gives itself any right there.",
        (_need(("escalate",), _RBAC, "roles", "clusterroles"),
         _need(_CHANGE, _RBAC, "roles", "clusterroles")
         | _need(_WRITE, _RBAC, "rolebindings", "clusterrolebindings")), whole=True,
    ),
    Ability(
        "bind", "bind roles whose rights it does not have",
        "With `bind` it gives itself any of these roles.",
        (_need(("bind",), _RBAC, "roles", "clusterroles"),
         _need(_WRITE, _RBAC, "rolebindings", "clusterrolebindings")), whole=True,
    ),
    Ability(
        "impersonate-people", "act as other users or groups",
        "It has the rights of whomever it names, administrators included.",
        (_need(("impersonate",), "", "users", "groups"),), cluster=True, whole=True,
    ),
    Ability(
        "impersonate-accounts", "act as other service accounts",
        "It has the rights of each of them.",
        (_need(("impersonate",), "", "serviceaccounts"),), whole=True, accounts=True,
    ),
    Ability(
        "approve-certificates", "approve client certificates",
        "It can issue itself a certificate for another user or node.",
        (_need(_CHANGE, _CERTIFICATES, "certificatesigningrequests/approval"),
         _need(("approve",), _CERTIFICATES, "signers")), cluster=True, whole=True,
    ),
    Ability(
        "kubelet", "talk to the kubelet of nodes",
        "It runs commands in every pod there, past admission and the audit log.",
        (_need(("get", "create"), "", "nodes/proxy"),), cluster=True, whole=True,
    ),
    Ability(
        "apiservices", "take over API groups",
        "Requests for a group, with their credentials, go where it sends them.",
        (_need(_WRITE, "apiregistration.k8s.io", "apiservices"),), cluster=True, whole=True,
    ),
    Ability(
        "webhooks", "{verbs} admission webhooks",
        "It can read and change whatever anybody writes to the API server, or switch a check off.",
        (_need((*_WRITE, *_END), _ADMISSION,
               "mutatingwebhookconfigurations", "validatingwebhookconfigurations"),),
        cluster=True, whole=True,
    ),
    Ability(
        "admission-policies", "{verbs} admission policies",
        "It can switch off what the cluster refuses.",
        (_need((*_WRITE, *_END), _ADMISSION,
               "validatingadmissionpolicies", "validatingadmissionpolicybindings",
               "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"),), cluster=True,
    ),
    Ability(
        "tokens", "make tokens of service accounts",
        "It has the rights of each of them.",
        (_need(("create",), "", "serviceaccounts/token"),), whole=True, accounts=True,
    ),
    Ability(
        "token-secrets", "get the token of any service account",
        "Kubernetes fills a Secret of that kind, which it makes and reads; so it has the rights of "
        "every service account there.",
        (_need(("create",), "", "secrets"), _need(_READ, "", "secrets")),
        whole=True, accounts=True,
    ),
    Ability(
        "pods", "{verbs} pods",
        "It has the rights of every service account there, sees every Secret, ConfigMap and volume "
        "that a pod can name, and reaches the node where Pod Security does not stop it.",
        (_PODS,), whole=True, accounts=True,
    ),
    Ability(
        "exec", "run commands in running pods",
        "It has what these pods have: files, environment, service account, the database itself.",
        (_need(("get", "create"), "", "pods/exec", "pods/attach"),), whole=True,
    ),
    Ability(
        "debug", "add containers to running pods",
        "It has what these pods have: files, environment, service account, the database itself.",
        (_need(_CHANGE, "", "pods/ephemeralcontainers"),), whole=True,
    ),
    Ability(
        "secrets", "read Secrets",
        "Each password, key and certificate in them is known; `list` and `watch` show values, too.",
        (_need(_READ, "", "secrets"),),
    ),
    Ability(
        "secrets-write", "{verbs} Secrets",
        "It can set a password or a certificate that others then trust.",
        (_need((*_WRITE, *_END), "", "secrets"),),
    ),
    Ability(
        "roles", "{verbs} {resources} within its own rights",
        "It can hand its rights to others, and take theirs away.",
        (_need((*_WRITE, *_END), _RBAC,
               "roles", "clusterroles", "rolebindings", "clusterrolebindings"),),
    ),
    Ability(
        "definitions", "{verbs} custom resource definitions",
        "A conversion webhook shows it every resource of the kind; a deleted definition takes all "
        "its resources along.",
        (_need((*_WRITE, *_END), "apiextensions.k8s.io", "customresourcedefinitions"),),
        cluster=True,
    ),
    Ability(
        "namespaces", "{verbs} namespaces",
        "A label lowers Pod Security; a deleted namespace takes its databases along.",
        (_need((*_WRITE, *_END), "", "namespaces"),), cluster=True,
    ),
    Ability(
        "nodes", "{verbs} nodes",
        "Labels and taints decide which pods run where.",
        (_need((*_WRITE, *_END), "", "nodes"),), cluster=True,
    ),
    Ability(
        "volumes", "{verbs} volumes",
        "A volume can name the data of another database, or a folder of a node.",
        (_need((*_WRITE, *_END), "", "persistentvolumes"),), cluster=True,
    ),
    Ability(
        "claims-delete", "delete the claims of volumes",
        "The data go with the claim, unless the volume is kept.",
        (_need(_END, "", "persistentvolumeclaims"),),
    ),
    Ability(
        "port-forward", "reach ports of pods and Services through the API server",
        "No network policy stops that.",
        (_need(("get", "create"), "", "pods/portforward", "pods/proxy", "services/proxy"),),
    ),
    Ability(
        "configmaps-write", "{verbs} ConfigMaps",
        "It can change the configuration of others, such as who may log in.",
        (_need((*_WRITE, *_END), "", "configmaps"),),
    ),
    Ability(
        "network-policies", "{verbs} network policies",
        "It can open what they close.",
        (_need((*_WRITE, *_END), "networking.k8s.io", "networkpolicies"),),
    ),
    Ability(
        "expose", "{verbs} {resources}",
        "It can open a database to the outside, or send its clients elsewhere.",
        (_need(_WRITE, "", "services", "endpoints")
         | _need(_WRITE, "discovery.k8s.io", "endpointslices")
         | _need(_WRITE, "networking.k8s.io", "ingresses")
         | _need(_WRITE, "route.openshift.io", "routes"),),
    ),
    Ability(
        "pods-delete", "stop pods",
        "It can stop a database.",
        (_need(_END, "", "pods")
         | _need(_END, "apps", "deployments", "statefulsets", "daemonsets", "replicasets"),),
    ),
    Ability(
        "logs", "read the logs of pods",
        "They may show data or credentials.",
        (_need(_READ, "", "pods/log"),),
    ),
    Ability(
        "privileged", "use security context constraints of OpenShift",
        "Its pods may be what these constraints allow, such as privileged.",
        (_need(("use",), "security.openshift.io", "securitycontextconstraints"),),
    ),
)  # fmt: skip
