Feature: Refused logins
  Only the right password of a known user of the right company is worth a token.
  How a refusal looks is not documented: anything but success, and no tokens.

  @REF-1 @implied
  Rule: A wrong password is refused
    Tried twice a run and no more, after all other logins, with a valid login in between, so that no account is locked.
    Source: what a password is for.

    Scenario: A password in the wrong case, in a urlencoded form
      When the user logs in with the letters of the password in the wrong case
      Then the login is refused

    Scenario: A password with a wrong last character, in a multipart form
      When the user logs in with a wrong last character in the password
      Then the login is refused

  @REF-2 @implied
  Rule: An unknown user is refused
    The made-up name has the format of the configured one, so that it passes a format check and is looked up.
    Source: what a username is for.

    Scenario Outline: An unknown user in a <encoding> form
      When an unknown user logs in with a <encoding> form
      Then the login is refused

      Examples:
        | encoding   |
        | urlencoded |
        | multipart  |

  @REF-3 @implied
  Rule: An unknown company is refused
    Its name is made up in the same way.
    Source: what a company name is for.

    Scenario Outline: An unknown company in a <encoding> form
      When the user logs in to an unknown company with a <encoding> form
      Then the login is refused

      Examples:
        | encoding   |
        | urlencoded |
        | multipart  |

  @REF-4 @implied
  Rule: A company to which the user does not belong is refused
    Not tested without KLEARSTACK_OTHER_COMPANY_NAME.
    Source: the company is the one "for which the user is logging in".

    Scenario Outline: Another company in a <encoding> form
      Given the name of another company
      When the user logs in to the other company with a <encoding> form
      Then the login is refused

      Examples:
        | encoding   |
        | urlencoded |
        | multipart  |

  @REF-5 @implied
  Rule: Tokens are issued to POST alone, for credentials in the form alone
    Other methods are cached, prefetched and logged along the way; query strings end up in access logs. A parameter that
    is missing from the form is missing (ERR-1 to ERR-3), even if it is in the query string. The password is sent in one
    only on loopback or with KLEARSTACK_ALLOW_QUERY_CREDENTIALS; otherwise these cases are not tested.
    Source: the page's endpoint table; RFC 6749, section 2.3.1.

    Scenario Outline: The form sent with <method>
      When the form is sent with <method>
      Then no tokens are issued

      Examples:
        | method |
        | GET    |
        | HEAD   |
        | PUT    |
        | PATCH  |
        | DELETE |

    Scenario Outline: Credentials in the query string alone, with <method>
      Given permission to send credentials in the query string
      When the credentials stand in the query string of a <method>
      Then no tokens are issued for the query string

      Examples:
        | method |
        | GET    |
        | POST   |

    Scenario Outline: <parameter> in the query string, but not in the form
      When <parameter> is in the query string instead of the form
      Then the query string does not replace the missing parameter

      Examples:
        | parameter    |
        | username     |
        | company_name |

    Scenario: password in the query string, but not in the form
      Given permission to send credentials in the query string
      When password is in the query string instead of the form
      Then the query string does not replace the missing parameter

  @REF-6 @implied
  Rule: The endpoint answers without a redirect
    No two of the documented clients follow a redirect alike.
    Source: the page's samples.

    Scenario: A login is answered directly
      When the user logs in
      Then no answer to a POST is a redirect

    Scenario: Every POST of the run is answered directly
      When the user logs in
      And every other request of the run is answered
      Then no answer to a POST is a redirect
