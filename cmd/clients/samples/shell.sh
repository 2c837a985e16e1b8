#!/bin/sh
# The Shell sample. The form stands on standard input instead of behind -d, so that the list of processes does not show
# the password; curl sends the same bytes.
printf 'username=%s&company_name=%s&password=%s' "$SAMPLE_USERNAME" "$SAMPLE_COMPANY_NAME" "$SAMPLE_PASSWORD" |
	curl -q --silent --show-error -X POST "$SAMPLE_URL/access/klearstack/get_access_token" \
		-H "Content-Type: application/x-www-form-urlencoded" \
		--data-binary @-
