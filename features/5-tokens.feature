Feature: The tokens
  Both tokens are JSON Web Tokens. What they claim tells the client which is which, whom they are for and how long they live.

  @TOK-1 @example
  Rule: Both tokens are signed JWTs in compact form
    Three base64url segments without padding and nothing around them. The header says `typ` JWT and `alg` HS256, without
    `crit`; the payload is a JSON object; the signature has the length of its algorithm.
    Source: the page's example tokens; RFC 7515 and RFC 7519.

    Scenario Outline: The form of the <kind> token
      When the user logs in
      Then the <kind> token is a signed JWT in compact form

      Examples:
        | kind    |
        | access  |
        | refresh |

  @TOK-2 @example
  Rule: Each token says of which type it is
    Source: the claim `token_type` of the page's example tokens.

    Scenario Outline: The type of the <kind> token
      When the user logs in
      Then the <kind> token says that it is of type "<kind>"

      Examples:
        | kind    |
        | access  |
        | refresh |

  @TOK-3 @example
  Rule: Each token says when it was issued, when it expires, what its id is and whom it is for
    `iat` and `exp` are numbers, `jti` is 32 hexadecimal digits, `user_id` is an integer or a text of digits.
    Source: the claims of the page's example tokens.

    Scenario Outline: The claims of the <kind> token
      When the user logs in
      Then the <kind> token has its claims

      Examples:
        | kind    |
        | access  |
        | refresh |

  @TOK-4 @documented
  Rule: The access token lives some minutes
    Read as at least 60 seconds and at most 60 minutes, from `iat` to `exp`.
    Source: the page's endpoint details.

    Scenario: The lifetime of the access token
      When the user logs in
      Then the access token lives at least 60 seconds and at most 60 minutes

  @TOK-5 @documented
  Rule: The refresh token lives days
    Read as at least 24 hours, from `iat` to `exp`.
    Source: the page's endpoint details.

    Scenario: The lifetime of the refresh token
      When the user logs in
      Then the refresh token lives at least 24 hours

  @TOK-6 @documented
  Rule: The access token expires before the refresh token
    Source: minutes against days in the page's endpoint details.

    Scenario: Which token expires first
      When the user logs in
      Then the access token expires before the refresh token

  @TOK-7 @implied
  Rule: Both tokens are issued now and not yet expired
    Within the clock tolerance, by the response's own `Date`, or by this machine's clock if the response has none, or
    several that disagree.
    Source: RFC 7519, sections 4.1.4 and 4.1.6.

    Scenario Outline: The <kind> token is fresh
      When the user logs in
      Then the <kind> token is issued now and not yet expired

      Examples:
        | kind    |
        | access  |
        | refresh |

  @TOK-8 @implied
  Rule: Tokens name one user and are never the same
    Both tokens of every login name the same user. No two tokens share an id (`jti`) or a signature.
    Source: RFC 7519, section 4.1.7.

    Scenario: The tokens of one login
      When the user logs in
      Then both tokens name the same user and differ in id and signature

    Scenario: The tokens of several logins
      When the user logs in more than once
      Then all logins name the same user and no two tokens share an id or a signature

  @TOK-9 @implied
  Rule: Signatures verify
    Not tested without KLEARSTACK_JWT_KEY.
    Source: RFC 7515, section 5.2.

    Scenario Outline: The signature of the <kind> token
      Given the verification key
      When the user logs in
      Then the signature of the <kind> token verifies

      Examples:
        | kind    |
        | access  |
        | refresh |

  @TOK-10 @implied
  Rule: The password is in neither token nor response
    Claims can be read by anybody who holds the token.
    Source: RFC 7519, section 12.

    Scenario: The password after a login
      When the user logs in
      Then neither the claims nor the token response hold the password
