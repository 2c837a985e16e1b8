package repository_test

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

// manifests are the documents of cronjob.yaml, and the parts of the last that most is about.
type manifests struct{ configMap, claim, cronJob, pod, container any }

func readManifests(t *testing.T) manifests {
	t.Helper()
	all := documents(t, file(t, "deploy/cronjob.yaml"),
		`{apiVersion, kind, metadata: {name, labels: any}, data: any}`,
		`{apiVersion, kind, metadata: {name, labels: any}, spec: {accessModes, resources: {requests: any}}}`,
		`{apiVersion, kind, metadata: {name, labels: any}, spec: {
			schedule, timeZone, startingDeadlineSeconds, concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit,
			jobTemplate: {spec: {activeDeadlineSeconds, backoffLimit, template: {metadata: {labels: any}, spec: {
				restartPolicy, automountServiceAccountToken, enableServiceLinks,
				securityContext: {runAsNonRoot, runAsUser, runAsGroup, fsGroup, fsGroupChangePolicy, seccompProfile: {type}},
				containers: {
					name, image, envFrom: {configMapRef: {name}}, env: {name, value}, terminationMessagePolicy,
					resources: {requests: any, limits: any}, volumeMounts: {name, mountPath, readOnly},
					securityContext: {allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities: {drop}}},
				volumes: {name, secret: {secretName, defaultMode, items: {key, path}}, persistentVolumeClaim: {claimName}}}}}}}}`)
	pod := at(all[2], "spec.jobTemplate.spec.template.spec")
	require.Len(t, list(pod, "containers"), 1)
	return manifests{all[0], all[1], all[2], pod, at(pod, "containers.0")}
}

// Every name in the manifests leads somewhere.
func TestReferences(t *testing.T) {
	t.Parallel()
	made := readManifests(t)
	assertAt(t, made.configMap, map[string]any{"apiVersion": "v1", "kind": "ConfigMap"})
	assertAt(t, made.claim, map[string]any{"apiVersion": "v1", "kind": "PersistentVolumeClaim"})
	assertAt(t, made.cronJob, map[string]any{"apiVersion": "batch/v1", "kind": "CronJob"})
	assert.Equal(t, []any{at(made.configMap, "metadata.name")}, column(list(made.container, "envFrom"), "configMapRef.name"))
	volumes := list(made.pod, "volumes")
	assert.Equal(t, []any{at(made.claim, "metadata.name")}, column(volumes, "persistentVolumeClaim.claimName"))
	assert.ElementsMatch(t, column(volumes, "name"), column(list(made.container, "volumeMounts"), "name"))
}

// The files that the variables name are mounted, from keys of the Secret that the file's head says how to make.
func TestSecrets(t *testing.T) {
	t.Parallel()
	made := readManifests(t)
	folders := map[any]string{}
	for _, mount := range list(made.container, "volumeMounts") {
		folders[at(mount, "name")] = fmt.Sprint(at(mount, "mountPath"))
	}
	files, command := map[any]bool{}, ""
	for _, volume := range list(made.pod, "volumes") {
		secret := at(volume, "secret")
		if secret == nil {
			continue
		}
		assert.EqualValues(t, 0o440, at(secret, "defaultMode"), "for the group of the volumes alone")
		command += fmt.Sprint("kubectl create secret generic ", at(secret, "secretName"))
		for _, item := range list(secret, "items") {
			files[path.Join(folders[at(volume, "name")], fmt.Sprint(at(item, "path")))] = true
			command += fmt.Sprintf(" --from-file=%v=/dev/stdin", at(item, "key"))
		}
	}
	assert.Contains(t, file(t, "deploy/cronjob.yaml"), "#   "+command+"\n")

	named := map[any]bool{}
	for _, variable := range list(made.container, "env") {
		assert.NotContains(t, []any{"KLEARSTACK_PASSWORD", "KLEARSTACK_JWT_KEY"}, at(variable, "name"), "secrets come in files")
		if strings.HasSuffix(fmt.Sprint(at(variable, "name")), "_FILE") {
			named[at(variable, "value")] = true
		}
	}
	assert.Equal(t, files, named)
	assert.Contains(t, named, "/run/secrets/klearstack/password", "what deploy/check mounts")
}

// What comes out of the image, the ConfigMap and the container are settings that make sense together.
func TestManifestSettings(t *testing.T) {
	t.Parallel()
	made := readManifests(t)
	variables := maps.Clone(readImage(t).variables)
	data, _ := at(made.configMap, "data").(map[string]any)
	for name, value := range data {
		variables[name] = fmt.Sprint(value)
	}
	for _, variable := range list(made.container, "env") {
		name := fmt.Sprint(at(variable, "name"))
		assert.NotContains(t, variables, name, "it is set twice")
		variables[name] = fmt.Sprint(at(variable, "value"))
	}
	for _, secret := range []string{"KLEARSTACK_PASSWORD", "KLEARSTACK_JWT_KEY"} {
		assert.NotContains(t, variables, secret)
	}
	require.NoError(t, settings(t, variables))
	// Without a target a pod would be content with the suite's own server every night.
	require.NotEmpty(t, data)
	for name := range data {
		delete(variables, name)
		require.ErrorContains(t, settings(t, variables), name)
	}
}

// settings returns what the suite says of variables. For a file that holds a secret one stands in.
func settings(t *testing.T, variables map[string]string) error {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("stands in"), 0o600))
	var environ []string
	for name, value := range variables {
		require.True(t, strings.HasPrefix(name, "KLEARSTACK_"), name)
		if strings.HasSuffix(name, "_FILE") {
			value = secret
		}
		environ = append(environ, name+"="+value)
	}
	_, err := suite.FromEnvironment(environ)
	return err
}

// The pod runs as the image's user, and its reports go to a volume.
func TestPodIsTheImages(t *testing.T) {
	t.Parallel()
	made, built := readManifests(t), readImage(t)
	assert.Equal(t, built.user, fmt.Sprintf("%v:%v", at(made.pod, "securityContext.runAsUser"), at(made.pod, "securityContext.runAsGroup")))
	assert.Equal(t, at(made.pod, "securityContext.runAsGroup"), at(made.pod, "securityContext.fsGroup"))
	var writable []any
	for _, mount := range list(made.container, "volumeMounts") {
		if at(mount, "readOnly") != true {
			writable = append(writable, at(mount, "mountPath"))
		}
	}
	assert.Equal(t, []any{built.variables["KLEARSTACK_REPORT_DIR"]}, writable)
	assert.Regexp(t, `:v\d+\.\d+\.\d+$`, at(made.container, "image"), "a version, not latest")
}

// One run at a time, once, with an end, and with no more rights than it needs.
func TestRestrictions(t *testing.T) {
	t.Parallel()
	made := readManifests(t)
	assertAt(t, made.cronJob, map[string]any{"spec.concurrencyPolicy": "Forbid", "spec.jobTemplate.spec.backoffLimit": 0})
	assertAt(t, made.pod, map[string]any{
		"restartPolicy": "Never", "automountServiceAccountToken": false, "enableServiceLinks": false,
		"securityContext.runAsNonRoot": true, "securityContext.seccompProfile.type": "RuntimeDefault",
	})
	assertAt(t, made.container, map[string]any{
		"securityContext.allowPrivilegeEscalation": false, "securityContext.readOnlyRootFilesystem": true,
		"securityContext.capabilities.drop": []any{"ALL"},
	})
	assert.Regexp(t, `^\d+ \d+ \* \* \*$`, at(made.cronJob, "spec.schedule"), "every day")
	for _, seconds := range []string{"spec.startingDeadlineSeconds", "spec.jobTemplate.spec.activeDeadlineSeconds"} {
		assert.Regexp(t, `^[1-9]\d*$`, at(made.cronJob, seconds), seconds)
	}
	for _, amount := range []string{"resources.requests.cpu", "resources.requests.memory", "resources.limits.memory"} {
		assert.NotEmpty(t, at(made.container, amount), amount)
	}
}
