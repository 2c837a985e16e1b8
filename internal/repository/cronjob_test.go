package repository_test

import (
	"maps"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every name in the manifests leads somewhere.
func TestReferences(t *testing.T) {
	t.Parallel()
	made := readManifests(t)
	assert.Equal(t, [2]string{"v1", "ConfigMap"}, [2]string{made.configMap.APIVersion, made.configMap.Kind})
	assert.Equal(t, [2]string{"v1", "PersistentVolumeClaim"}, [2]string{made.claim.APIVersion, made.claim.Kind})
	assert.Equal(t, [2]string{"batch/v1", "CronJob"}, [2]string{made.cronJob.APIVersion, made.cronJob.Kind})

	pod := made.cronJob.Spec.JobTemplate.Spec.Template.Spec
	require.Len(t, pod.Containers, 1)
	require.Len(t, pod.Containers[0].EnvFrom, 1)
	assert.Equal(t, made.configMap.Metadata.Name, pod.Containers[0].EnvFrom[0].ConfigMapRef.Name)

	volumes := map[string]bool{}
	for _, volume := range pod.Volumes {
		volumes[volume.Name] = true
		if volume.PersistentVolumeClaim != nil {
			assert.Equal(t, made.claim.Metadata.Name, volume.PersistentVolumeClaim.ClaimName)
		}
	}
	mounted := map[string]bool{}
	for _, mount := range pod.Containers[0].VolumeMounts {
		mounted[mount.Name] = true
	}
	assert.Equal(t, volumes, mounted)
}

// The files that the variables name are mounted, from keys of the Secret that the file's head says how to make.
func TestSecrets(t *testing.T) {
	t.Parallel()
	made := readManifests(t)
	pod := made.cronJob.Spec.JobTemplate.Spec.Template.Spec
	folders := map[string]string{}
	for _, mount := range pod.Containers[0].VolumeMounts {
		folders[mount.Name] = mount.MountPath
	}
	files := map[string]bool{}
	var command strings.Builder
	for _, volume := range pod.Volumes {
		if volume.Secret == nil {
			continue
		}
		assert.Equal(t, 0o440, volume.Secret.DefaultMode, "for the group of the volumes alone")
		command.WriteString("kubectl create secret generic " + volume.Secret.SecretName)
		for _, item := range volume.Secret.Items {
			files[path.Join(folders[volume.Name], item.Path)] = true
			command.WriteString(" --from-file=" + item.Key + "=/dev/stdin")
		}
	}
	assert.Contains(t, string(made.text), "#   "+command.String()+"\n")

	named := map[string]bool{}
	for _, variable := range pod.Containers[0].Env {
		assert.NotContains(t, []string{"KLEARSTACK_PASSWORD", "KLEARSTACK_JWT_KEY"}, variable.Name, "secrets come in files")
		if strings.HasSuffix(variable.Name, "_FILE") {
			named[variable.Value] = true
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
	maps.Copy(variables, made.configMap.Data)
	for _, variable := range made.cronJob.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Env {
		assert.NotContains(t, variables, variable.Name, "it is set twice")
		variables[variable.Name] = variable.Value
	}
	for _, secret := range []string{"KLEARSTACK_PASSWORD", "KLEARSTACK_JWT_KEY"} {
		assert.NotContains(t, variables, secret)
	}
	assertSettings(t, variables)
	// Without a target a pod would be content with the suite's own server every night.
	for name := range made.configMap.Data {
		delete(variables, name)
		require.ErrorContains(t, settings(t, variables), name)
	}
}

// The pod runs as the image's user, and its reports go to a volume.
func TestPodIsTheImages(t *testing.T) {
	t.Parallel()
	made, built := readManifests(t), readImage(t)
	pod := made.cronJob.Spec.JobTemplate.Spec.Template.Spec
	security := pod.SecurityContext
	assert.Equal(t, built.user, strconv.Itoa(security.RunAsUser)+":"+strconv.Itoa(security.RunAsGroup))
	assert.Equal(t, security.RunAsGroup, security.FSGroup)
	writable := map[string]bool{}
	for _, mount := range pod.Containers[0].VolumeMounts {
		if !mount.ReadOnly {
			writable[mount.MountPath] = true
		}
	}
	assert.Equal(t, map[string]bool{built.variables["KLEARSTACK_REPORT_DIR"]: true}, writable)
	assert.Regexp(t, `:v\d+\.\d+\.\d+$`, pod.Containers[0].Image, "a version, not latest")
}

// One run at a time, once, with an end, and with no more rights than it needs.
func TestRestrictions(t *testing.T) {
	t.Parallel()
	job := readManifests(t).cronJob.Spec
	assert.Regexp(t, `^\d+ \d+ \* \* \*$`, job.Schedule, "every day")
	assert.Equal(t, "Forbid", job.ConcurrencyPolicy)
	assert.Positive(t, job.StartingDeadlineSeconds)
	assert.Positive(t, job.JobTemplate.Spec.ActiveDeadlineSeconds)
	require.NotNil(t, job.JobTemplate.Spec.BackoffLimit)
	assert.Zero(t, *job.JobTemplate.Spec.BackoffLimit)

	pod := job.JobTemplate.Spec.Template.Spec
	assert.Equal(t, "Never", pod.RestartPolicy)
	for name, off := range map[string]*bool{
		"automountServiceAccountToken": pod.AutomountServiceAccountToken,
		"enableServiceLinks":           pod.EnableServiceLinks,
		"allowPrivilegeEscalation":     pod.Containers[0].SecurityContext.AllowPrivilegeEscalation,
	} {
		require.NotNil(t, off, name)
		assert.False(t, *off, name)
	}
	assert.True(t, pod.SecurityContext.RunAsNonRoot)
	assert.Equal(t, "RuntimeDefault", pod.SecurityContext.SeccompProfile.Type)
	assert.True(t, pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem)
	assert.Equal(t, []string{"ALL"}, pod.Containers[0].SecurityContext.Capabilities.Drop)
	for _, name := range []string{"cpu", "memory"} {
		assert.NotEmpty(t, pod.Containers[0].Resources.Requests[name], name)
	}
	assert.NotEmpty(t, pod.Containers[0].Resources.Limits["memory"])
}
