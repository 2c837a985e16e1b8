Feature: Asking for tokens
  A client trades a username, a password and a company name for an access token and a refresh token.
  Whichever of the documented ways it asks in, it gets the same answer.

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

  @REQ-3 @documented
  Rule: A stray Basic authorization is ignored
    The page's browser sample sends an API key as Basic authorization to an endpoint that knows none.
    Source: the page's JavaScript sample.

    Scenario: A stray Basic authorization beside a urlencoded form
      When the user logs in with a stray Basic authorization
      Then the login is answered like the others

    Scenario: A stray Basic authorization beside a multipart form, as the browser sample sends it
      When the user logs in as the browser sample does
      Then the login is answered like the others

  @REQ-4 @documented
  Rule: Urlencoded forms are accepted
    A space may be sent as a plus sign, as %20 or as it is.
    Source: the page's Shell, Python and Java samples.

    Scenario: A urlencoded form
      When the user logs in
      Then the urlencoded form is accepted

    Scenario Outline: A space in a urlencoded form, sent <spelling>
      Given a configured value with a space in it
      When the user logs in with spaces sent <spelling>
      Then the login is answered like the others

      Examples:
        | spelling    |
        | as plus     |
        | as %20      |
        | as they are |

  @REQ-5 @documented
  Rule: Multipart forms are accepted and answered alike
    Whatever holds for the answer to a urlencoded login (OK-1 to OK-4, TOK-1 to TOK-8) holds for a multipart one.
    Source: the page's Node.js and JavaScript samples.

    Scenario: A multipart form, as the Node.js sample sends it
      When the user logs in with a multipart form
      Then the login is answered like the others

  @REQ-6 @implied
  Rule: What the parameters say counts, not how they are written
    The order of the parameters does not matter. Reserved characters, spaces and letters beyond ASCII arrive
    unharmed in both encodings. A named charset changes nothing.
    Source: HTML's form encodings, which the page's samples use.

    Scenario Outline: Reserved characters and letters beyond ASCII in a <encoding> form
      Given a configured value with reserved characters, spaces or letters beyond ASCII
      When the user logs in with a <encoding> form
      Then the values arrive unharmed in the <encoding> form

      Examples:
        | encoding   |
        | urlencoded |
        | multipart  |

    Scenario Outline: A login with <variation>
      When the user logs in with <variation>
      Then the login is answered like the others

      Examples:
        | variation                                  |
        | the urlencoded parameters in reverse order |
        | the multipart parameters in reverse order  |
        | every byte percent-encoded                 |
        | a charset on the urlencoded content type   |
