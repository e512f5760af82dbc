// The type checker of admission policies, as Kubernetes' controller manager runs it: reads a list of
// policies, asks an API server for the types of their resources, and prints every complaint.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"k8s.io/api/admissionregistration/v1"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: typecheck ADDRESS TOKEN CERTIFICATE < policies.json")
	}
	var policies []v1.ValidatingAdmissionPolicy
	if err := json.NewDecoder(os.Stdin).Decode(&policies); err != nil {
		log.Fatal(err)
	}
	checker, err := newChecker(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	for _, policy := range policies {
		for _, warning := range checker.Check(&policy) {
			fmt.Printf("%s %s: %q\n", policy.Name, warning.FieldRef, warning.Warning)
		}
	}
}

func newChecker(address, token, certificate string) (*validating.TypeChecker, error) {
	config := &rest.Config{
		Host:            address,
		BearerToken:     token,
		TLSClientConfig: rest.TLSClientConfig{CAFile: certificate},
	}
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	groups, err := restmapper.GetAPIGroupResources(client)
	if err != nil {
		return nil, err
	}
	return &validating.TypeChecker{
		SchemaResolver: &resolver.ClientDiscoveryResolver{Discovery: client},
		RestMapper:     restmapper.NewDiscoveryRESTMapper(groups),
	}, nil
}
