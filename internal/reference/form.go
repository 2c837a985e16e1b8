package reference

// The parameters of the endpoint, as they stand in the body.
const (
	ParamUsername = "username"
	ParamCompany  = "company_name"
	ParamPassword = "password"
)

// Parameters lists the three parameters in the order of the page's samples.
func Parameters() []string {
	return []string{ParamUsername, ParamCompany, ParamPassword}
}

// Label is how an error names a parameter: "Company Name" (ERR-1 to ERR-4). A
// name that is no parameter is returned as it is.
func Label(parameter string) string {
	switch parameter {
	case ParamUsername:
		return "Username"
	case ParamCompany:
		return "Company Name"
	case ParamPassword:
		return "Password"
	default:
		return parameter
	}
}

// Field is one name and value of a form, decoded.
type Field struct{ Name, Value string }

// Form is a decoded form in the order in which it was sent.
type Form []Field

// Get returns the first value of name, and whether name was sent at all.
func (f Form) Get(name string) (value string, sent bool) {
	for _, field := range f {
		if field.Name == name {
			return field.Value, true
		}
	}
	return "", false
}

// missing lists the parameters that were not sent at all.
func (f Form) missing() []string {
	var names []string
	for _, name := range Parameters() {
		if _, sent := f.Get(name); !sent {
			names = append(names, name)
		}
	}
	return names
}
