#!/bin/sh
# Prints what `dok-guide assess` looks at in a cluster. Made by dok-guide collect, {{ version }}.
#   sh collect.sh > cluster.json
#   dok-guide assess cluster.json
# It runs `kubectl get` and nothing else, and changes nothing. Of Secrets it prints names, types and
# keys. ConfigMaps, pods and custom resources are printed whole: a password that stands there is in
# the file, so keep it as carefully as you keep these.
set -u
errors=$(mktemp) || exit 1
trap 'rm -f "$errors"' EXIT

# collected RESOURCE OPTION...: print the objects, or that they can't be read and why
collected() {
  resource=$1
  kubectl get "$@" 2>"$errors" && return
  # a kind that the cluster does not know has no objects
  grep -q "the server doesn't have a resource type" "$errors" && return
  printf '{"apiVersion": "collect.dok-guide/v1", "kind": "NotCollected", '
  printf '"metadata": {"name": "%s"}, ' "$resource"
  printf '"spec": {"command": "kubectl get %s", "message": "%s"}}\n' \
    "$resource $2" "$(tr '\n"' " '" <"$errors" | tr -d '\134' | tr -cd '[:print:]')"
}

printf '{"apiVersion": "collect.dok-guide/v1", "kind": "Collection", '
printf '"metadata": {"name": "begin"}, "spec": {"databases": %s, "operators": %s, "kinds": %s}}\n' \
  '[{% for name in databases %}"{{ name }}"{{ ", " if not loop.last }}{% endfor %}]' \
  '[{% for name in operators %}"{{ name }}"{{ ", " if not loop.last }}{% endfor %}]' \
  '[{% for name in kinds %}"{{ name }}"{{ ", " if not loop.last }}{% endfor %}]'

# Of a Secret: name, type and the names of its keys. The template never prints a value.
# shellcheck disable=SC2016 # the braces are for kubectl
{
  keys='{% raw %}{{range .items}}{"apiVersion": "collect.dok-guide/v1", "kind": "SecretKeys", {% endraw %}'
  keys=$keys'{% raw %}"metadata": {"namespace": {{printf "%q" .metadata.namespace}}, {% endraw %}'
  keys=$keys'{% raw %}"name": {{printf "%q" .metadata.name}}}, "spec": {"type": {{printf "%q" .type}}, {% endraw %}'
  keys=$keys'{% raw %}"keys": [{{$rest := false}}{{range $key, $value := .data}}{{if $rest}}, {{end}}{% endraw %}'
  keys=$keys'{% raw %}{{$rest = true}}{{printf "%q" $key}}{{end}}]}}{{"\n"}}{{end}}{% endraw %}'
}

for namespace in {{ every | join(" ") }}; do
  collected namespaces "$namespace" --output=json
  collected secrets --namespace="$namespace" --output=go-template="$keys"
  for resource in \
{% for name in namespaced %}
    {{ name }}{{ "; do" if loop.last else " \\" }}
{% endfor %}
    collected "$resource" --namespace="$namespace" --output=json
  done
done

for resource in \
{% for name in of_cluster %}
  {{ name }}{{ "; do" if loop.last else " \\" }}
{% endfor %}
  collected "$resource" --all-namespaces --output=json
done

{% if kinds %}
for definition in \
{% for name in kinds %}
  {{ name }}{{ "; do" if loop.last else " \\" }}
{% endfor %}
  collected customresourcedefinitions "$definition" --ignore-not-found --output=json
done

{% endif %}
printf '{"apiVersion": "collect.dok-guide/v1", "kind": "Collection", "metadata": {"name": "end"}}\n'
