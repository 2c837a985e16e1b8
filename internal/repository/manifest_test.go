package repository_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// The types hold what the manifests use of Kubernetes's API, and nothing else: a field that is misspelt is unknown.
type (
	metadata struct {
		Name   string            `yaml:"name"`
		Labels map[string]string `yaml:"labels"`
	}
	configMap struct {
		APIVersion string            `yaml:"apiVersion"`
		Kind       string            `yaml:"kind"`
		Metadata   metadata          `yaml:"metadata"`
		Data       map[string]string `yaml:"data"`
	}
	claim struct {
		APIVersion string    `yaml:"apiVersion"`
		Kind       string    `yaml:"kind"`
		Metadata   metadata  `yaml:"metadata"`
		Spec       claimSpec `yaml:"spec"`
	}
	claimSpec struct {
		AccessModes []string `yaml:"accessModes"`
		Resources   quantity `yaml:"resources"`
	}
	quantity struct {
		Requests map[string]string `yaml:"requests"`
		Limits   map[string]string `yaml:"limits"`
	}
	cronJob struct {
		APIVersion string   `yaml:"apiVersion"`
		Kind       string   `yaml:"kind"`
		Metadata   metadata `yaml:"metadata"`
		Spec       struct {
			Schedule                   string `yaml:"schedule"`
			TimeZone                   string `yaml:"timeZone"`
			StartingDeadlineSeconds    int    `yaml:"startingDeadlineSeconds"`
			ConcurrencyPolicy          string `yaml:"concurrencyPolicy"`
			SuccessfulJobsHistoryLimit int    `yaml:"successfulJobsHistoryLimit"`
			FailedJobsHistoryLimit     int    `yaml:"failedJobsHistoryLimit"`
			JobTemplate                struct {
				Spec jobSpec `yaml:"spec"`
			} `yaml:"jobTemplate"`
		} `yaml:"spec"`
	}
	jobSpec struct {
		ActiveDeadlineSeconds int  `yaml:"activeDeadlineSeconds"`
		BackoffLimit          *int `yaml:"backoffLimit"`
		Template              struct {
			Metadata metadata `yaml:"metadata"`
			Spec     podSpec  `yaml:"spec"`
		} `yaml:"template"`
	}
	podSpec struct {
		RestartPolicy                string      `yaml:"restartPolicy"`
		AutomountServiceAccountToken *bool       `yaml:"automountServiceAccountToken"`
		EnableServiceLinks           *bool       `yaml:"enableServiceLinks"`
		SecurityContext              podSecurity `yaml:"securityContext"`
		Containers                   []container `yaml:"containers"`
		Volumes                      []volume    `yaml:"volumes"`
	}
	podSecurity struct {
		RunAsNonRoot        bool   `yaml:"runAsNonRoot"`
		RunAsUser           int    `yaml:"runAsUser"`
		RunAsGroup          int    `yaml:"runAsGroup"`
		FSGroup             int    `yaml:"fsGroup"`
		FSGroupChangePolicy string `yaml:"fsGroupChangePolicy"`
		SeccompProfile      struct {
			Type string `yaml:"type"`
		} `yaml:"seccompProfile"`
	}
	container struct {
		Name    string `yaml:"name"`
		Image   string `yaml:"image"`
		EnvFrom []struct {
			ConfigMapRef struct {
				Name string `yaml:"name"`
			} `yaml:"configMapRef"`
		} `yaml:"envFrom"`
		Env []struct {
			Name  string `yaml:"name"`
			Value string `yaml:"value"`
		} `yaml:"env"`
		TerminationMessagePolicy string   `yaml:"terminationMessagePolicy"`
		Resources                quantity `yaml:"resources"`
		SecurityContext          struct {
			AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
			ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
			Capabilities             struct {
				Drop []string `yaml:"drop"`
			} `yaml:"capabilities"`
		} `yaml:"securityContext"`
		VolumeMounts []struct {
			Name      string `yaml:"name"`
			MountPath string `yaml:"mountPath"`
			ReadOnly  bool   `yaml:"readOnly"`
		} `yaml:"volumeMounts"`
	}
	volume struct {
		Name   string `yaml:"name"`
		Secret *struct {
			SecretName  string `yaml:"secretName"`
			DefaultMode int    `yaml:"defaultMode"`
			Items       []struct {
				Key  string `yaml:"key"`
				Path string `yaml:"path"`
			} `yaml:"items"`
		} `yaml:"secret"`
		PersistentVolumeClaim *struct {
			ClaimName string `yaml:"claimName"`
		} `yaml:"persistentVolumeClaim"`
	}
)

// manifests is what cronjob.yaml holds.
type manifests struct {
	text      []byte
	configMap configMap
	claim     claim
	cronJob   cronJob
}

func readManifests(t *testing.T) manifests {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "deploy", "cronjob.yaml"))
	require.NoError(t, err)
	made := manifests{text: text}
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	for _, document := range []any{&made.configMap, &made.claim, &made.cronJob} {
		require.NoError(t, decoder.Decode(document))
	}
	var more any
	err = decoder.Decode(&more)
	require.ErrorIs(t, err, io.EOF, "a document that is not looked at: %v", more)
	return made
}
