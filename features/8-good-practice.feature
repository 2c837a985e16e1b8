Feature: Good practice
  What nobody promised, but a careful operator does. Reported, and part of the verdict only where strictness is asked for.

  @ADV-1 @advisory
  Rule: Token responses are not stored by caches
    Source: RFC 6749, section 5.1.

    Scenario: Caching of token responses
      When the user logs in
      Then the token response forbids caches to store it

  @ADV-2 @advisory
  Rule: The endpoint is served over verified HTTPS
    Does not apply to plain HTTP that never leaves the machine.
    Source: RFC 6749, section 3.2.

    Scenario: The connection is private and verified
      When the user logs in
      Then the connection is verified HTTPS

  @ADV-3 @advisory
  Rule: A wrong password is refused just like an unknown user
    So that nobody can find out who is a user.
    Source: OWASP Authentication Cheat Sheet.

    Scenario: An unknown user against a wrong password
      When an unknown user logs in and the user logs in with a wrong password
      Then both are refused alike

  @ADV-4 @advisory
  Rule: The refresh token lives at most 90 days
    Source: RFC 9700, section 4.14.2; good practice.

    Scenario: The lifetime of the refresh token has an end
      When the user logs in
      Then the refresh token lives at most 90 days

  @ADV-5 @advisory
  Rule: Answers forbid content sniffing
    The first value of `X-Content-Type-Options` counts, as in browsers.
    Source: OWASP Secure Headers Project.

    Scenario: Content sniffing of the token response
      When the user logs in
      Then the answer forbids content sniffing

    Scenario: Content sniffing of an error
      When company_name is missing
      Then the answer forbids content sniffing

  @ADV-6 @advisory
  Rule: The error names every missing parameter and no other
    Source: the page's "error" for missing parameters.

    Scenario Outline: What the error without <parameters> names
      When <parameters> are missing
      Then the error names every missing parameter and none that was sent

      Examples:
        | parameters                         |
        | company_name                       |
        | username                           |
        | password                           |
        | username and company_name          |
        | username and password              |
        | company_name and password          |
        | username, company_name and password |

  @ADV-7 @advisory
  Rule: Pages of another origin that may ask can also read the answer
    Where the browser sample's preflight is answered with permission for its origin, the permission covers POST and the
    `authorization` header, and the answers to POST, errors too, repeat it. `Access-Control-Allow-Origin` stands in each of
    them exactly once and with one value: if proxy and application both add it, browsers block the response.
    The extended login and a form without a company name come from the other origin then.
    Source: the page's JavaScript sample; the Fetch standard.

    Scenario: The preflight of the browser sample
      When the browser sample asks for permission from another origin
      Then the permission covers POST and the authorization header

    Scenario: The answer to a login
      When the browser sample asks for permission from another origin
      And the user logs in with an extended multipart form
      Then the answer can be read from the other origin
      And another origin makes no difference

    Scenario: An error
      When the browser sample asks for permission from another origin
      And company_name is missing in a multipart form of another origin
      Then the answer can be read from the other origin

  @ADV-8 @advisory
  Rule: Refusals do not ask for Basic authorization
    It makes browsers show a login dialog. What counts is the scheme of a challenge, not the word inside a realm.
    Source: the page's JavaScript sample; RFC 9110, section 11.6.1.

    Scenario: Challenges in refusals
      When an unknown user logs in with a urlencoded form
      And every other request of the run is answered
      Then no refusal asks for Basic authorization

  @ADV-9 @advisory
  Rule: The user is identified by a number
    Source: the claim `user_id` of the page's example tokens.

    Scenario: The type of user_id
      When the user logs in
      Then the user_id of both tokens is a number

  @ADV-10 @advisory
  Rule: An unknown extra parameter is ignored
    Source: RFC 6749, section 3.2.

    Scenario: A parameter that nobody knows
      When the user logs in with an extended multipart form
      Then no harm comes from an unknown extra parameter
