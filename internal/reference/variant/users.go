package variant

import (
	"encoding/json"
	"strconv"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// users differ in the claim user_id.
func users() []Variant {
	const (
		anySize = "TOK-3: an integer or a string of digits, of any size"
		text    = "TOK-3: an integer or a string of digits; ADV-9 is an advisory"
	)
	numbered := func(name string, id int64) Variant {
		return configured(name, "Gives the user an unusual number.", anySize, func(config *reference.Config) { config.Users[0].ID = id })
	}
	claimed := func(name, sentence, because string, id any, kinds ...reference.Kind) Variant {
		return hooked(name, sentence, because, change.Claim("user_id", id, kinds...))
	}
	return []Variant{
		numbered("user-id-0", 0),
		numbered("user-id-1", 1),
		numbered("user-id-beyond-2-53", 1<<53+1),
		claimed("user-id-of-30-digits", "Gives the user a number of 30 digits.", anySize, json.Number("123456789012345678901234567890")),
		claimed("user-id-text", "Writes user_id as a text of digits.", text, "26").against("ADV-9"),
		claimed("user-id-text-0", "Writes user_id as the text 0.", text, "0").against("ADV-9"),
		claimed("user-id-text-of-30-digits", "Writes user_id as a text of 30 digits.", text, "123456789012345678901234567890").against("ADV-9"),
		claimed("user-id-text-with-leading-zeros", "Writes user_id as a text with leading zeros.", text, "0026").against("ADV-9"),
		configured("user-id-in-two-forms", "Writes user_id as a text now and then.", text+"; TOK-8 compares as text", func(config *reference.Config) {
			id := strconv.FormatInt(config.Users[0].ID, 10)
			change.Hooked(change.Claim("user_id", id).Only(change.Every(2)))(config)
		}).against("ADV-9"),
		claimed("user-id-text-in-access-token", "Writes user_id as a text in the access token alone.",
			text+"; TOK-8 compares as text", "26", reference.Access).against("ADV-9"),
	}
}
