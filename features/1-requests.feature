Feature: Asking for tokens
  A client trades a username, a password and a company name for an access token and a refresh token.
  It needs to know where, and nothing else.

  @REQ-1 @documented
  Rule: The endpoint is found at its documented address
    Tokens are asked for with POST at `access/klearstack/get_access_token`, below the base URL.
    Source: the page's endpoint table.

    Scenario: The documented address takes logins
      When the user logs in
      Then the documented address takes the request

  @REQ-2 @documented
  Rule: No authorization is needed to ask
    The endpoint is how a client gets authorized, so it can't ask for an authorization first.
    Source: "Authorization" in the page's endpoint details.

    Scenario: A login without authorization
      When the user logs in
      Then the lack of an authorization does no harm
