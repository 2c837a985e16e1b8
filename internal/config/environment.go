package config

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// files is the variables that name a file which holds the value of another.
type files struct {
	Password string `env:"KLEARSTACK_PASSWORD_FILE"`
	JWTKey   string `env:"KLEARSTACK_JWT_KEY_FILE"`
}

// variables is all that the environment can say.
type variables struct {
	Settings Settings
	Files    files
}

// FromEnvironment reads the KLEARSTACK_ variables of an environment in the
// form of os.Environ, the files that some of them name, and the variables of
// proxies. The last of several variables of the same name wins. The error is [Problems] with all there are;
// one is a variable that is set but empty: a value was meant to be in it.
func FromEnvironment(environ []string) (Settings, error) {
	values := ours(environ)
	read := variables{Settings: Defaults()}
	options := env.Options{Environment: values}
	check := checker{unreadable: map[string]bool{}, source: map[string]string{}}

	known, err := env.GetFieldParamsWithOptions(&variables{}, options)
	if err != nil {
		return Settings{}, Problems{"The settings cannot be listed: " + err.Error()}
	}
	check.unknown(values, names(known))
	check.empty(values, names(known))
	check.malformed(env.ParseWithOptions(&read, options), values)
	check.Settings = read.Settings
	if values[rate] != "" && check.Rate == 0 && !check.unreadable[rate] {
		check.problems.add("%s is %s: set it to %s", rate, shown(values[rate]), rateRange)
	}
	check.proxies(environ)
	check.secretFile(password, &check.Password, passwordFile, read.Files.Password)
	check.secretFile(jwtKey, &check.JWTKey, jwtKeyFile, read.Files.JWTKey)
	check.all()
	if err := check.problem(check.problems); err != nil {
		return Settings{}, err
	}
	return check.Settings, nil
}

// ours picks the variables that are meant for this suite.
func ours(environ []string) map[string]string {
	values := env.ToMap(environ)
	for name := range values {
		if !strings.HasPrefix(name, prefix) {
			delete(values, name)
		}
	}
	return values
}

func names(known []env.FieldParams) []string {
	var all []string
	for _, variable := range known {
		if strings.HasPrefix(variable.Key, prefix) {
			all = append(all, variable.Key)
		}
	}
	return all
}

// unknown reports the variables that are no settings, which are misspelt most
// of the time.
func (c *checker) unknown(values map[string]string, known []string) {
	var strange []string
	for name := range values {
		if !slices.Contains(known, name) {
			strange = append(strange, name)
		}
	}
	slices.Sort(strange)
	for _, name := range strange {
		if meant := similar(name, known); meant != "" {
			c.problems.add("%s is not a setting (did you mean %s?): rename or unset it", shownName(name), meant)
			continue
		}
		c.problems.add("%s is not a setting: unset it", shownName(name))
	}
}

// empty reports the settings without a value, and takes them out.
func (c *checker) empty(values map[string]string, known []string) {
	for _, name := range known {
		if value, set := values[name]; !set || value != "" {
			continue
		}
		c.problems.add("%s is set but empty: give it a value, or unset it", name)
		c.unreadable[name] = true
		delete(values, name)
	}
	for of, name := range map[string]string{password: passwordFile, jwtKey: jwtKeyFile} {
		if c.unreadable[name] {
			c.unreadable[of], c.source[of] = true, name
		}
	}
}

// malformed reports the values that env could not make sense of.
func (c *checker) malformed(err error, values map[string]string) {
	var all env.AggregateError
	errors.As(err, &all)
	for _, err := range all.Errors {
		var parse env.ParseError
		errors.As(err, &parse)
		field, _ := reflect.TypeFor[Settings]().FieldByName(parse.Name)
		name := field.Tag.Get("env")
		value := shown(values[name])
		c.unreadable[name] = true
		switch parse.Type {
		case reflect.TypeFor[time.Duration]():
			c.problems.add("%s is %s, which is no duration: set it to a number with a unit, such as 10s or 1m30s", name, value)
		case reflect.TypeFor[bool]():
			c.problems.add("%s is %s: set it to true or false", name, value)
		case reflect.TypeFor[float64]():
			c.problems.add("%s is %s: set it to %s", name, value, rateRange)
		default:
			c.problems.add("%s is %s: set it to %s", name, value, concurrencyRange)
		}
	}
}
