Feature: The token response
  A valid login is answered with an access token, a refresh token and the release that answered.

  @OK-1 @documented
  Rule: A valid login succeeds
    If the endpoint reads the form and yet rejects every valid login with 400, 401, 403, 422 or 423, a broken login cannot
    be told from wrong settings, an expired password or a locked account: inconclusive.
    Source: status code 200 in the page's table of answers.

    Scenario: A valid login
      When the user logs in
      Then the login succeeds with status 200

  @OK-2 @example
  Rule: The token response holds both tokens and the release
    It is one JSON object in which `access_token`, `refresh_token` and `release_version` are texts that are not empty.
    Further members are allowed.
    Source: the page's example response.

    Scenario: The members of the token response
      When the user logs in
      Then the token response has its members

  @OK-3 @implied
  Rule: Answers that clients parse are strict and complete JSON
    This goes for token responses and for the error about a missing parameter: declared as `application/json`, every
    announced byte there, one value with nothing around it, no byte order mark, no name twice, valid UTF-8.
    Several Content-Type fields that disagree declare nothing.
    Source: RFC 8259; every sample parses the answer.

    Scenario: The token response is declared as JSON
      When the user logs in
      Then the token response is declared as JSON

    Scenario: The token response is strict and complete JSON
      When the user logs in
      Then the token response is strict and complete JSON

    Scenario: The errors about missing parameters are declared as JSON
      When parameters are missing in either encoding
      Then every error about missing parameters is declared as JSON

    Scenario: The errors about missing parameters are strict and complete JSON
      When parameters are missing in either encoding
      Then every error about missing parameters is strict and complete JSON

  @OK-4 @example
  Rule: The release version is dotted numbers
    Such as 7.8.9, optionally followed by a suffix in any usual notation: -rc.1, +build.5, rc1, .dev3, .Final, _4, (build 12).
    Source: the page's example response.

    Scenario: The form of the release version
      When the user logs in
      Then the release version is dotted numbers

  @OK-5 @implied
  Rule: Every valid login is answered alike
    All valid logins of a run are checked whole, whatever they were made for. Where the same request is answered
    now one way, now another, this rule alone is broken. 408, 429, 502 to 504, 520 to 530, resets and timeouts do not count:
    a proxy or a limit responded, not the endpoint.
    Source: the page promises its answer without condition.

    Scenario: Every valid login of the run
      When the user logs in in every documented way
      Then the same request is always answered the same way

  @OK-6 @implied
  Rule: Answers are compressed only as the client offered
    Some of the documented clients print a compressed answer as it comes. `deflate` may come with or without the zlib
    wrapper: the documented clients that offer it read both.
    Source: RFC 9110, section 12.5.3.

    Scenario Outline: The <client> sample, which offers <codings>
      When the user logs in as the <client> sample does
      Then the answers use no content coding that was not offered

      Examples:
        | client  | codings                     |
        | Node.js | none                        |
        | Java    | gzip                        |
        | Python  | gzip and deflate            |
        | browser | gzip, deflate, br and zstd  |
        | Shell   | none                        |

    Scenario: Every answer of the run
      When the user logs in
      And every other request of the run is answered
      Then no answer of the run uses a content coding that was not offered
