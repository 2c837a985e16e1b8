Feature: Missing and empty parameters
  All three parameters are required. A client that leaves one out is told which.

  @ERR-1 @documented
  Rule: A missing company name is a 500 error that names it
    Source: status code 500 in the page's table of answers.

    Scenario: No company name
      When company_name is missing
      Then the answer is a 500 error that names a missing parameter

  @ERR-2 @documented
  Rule: A missing username is a 500 error that names it
    Source: status code 500 in the page's table of answers, and the parameters that it calls required.

    Scenario: No username
      When username is missing
      Then the answer is a 500 error that names a missing parameter

  @ERR-3 @documented
  Rule: A missing password is a 500 error that names it
    Source: status code 500 in the page's table of answers, and the parameters that it calls required.

    Scenario: No password
      When password is missing
      Then the answer is a 500 error that names a missing parameter

  @ERR-4 @documented
  Rule: Where several parameters are missing, the 500 error names at least one of them
    Source: "one or many" in the page's table of answers.

    Scenario Outline: No <parameters>
      When <parameters> are missing
      Then the answer is a 500 error that names a missing parameter

      Examples:
        | parameters                         |
        | username and company_name          |
        | username and password              |
        | company_name and password          |
        | username, company_name and password |

  @ERR-5 @example
  Rule: The error is a JSON object with a text called error
    The text is not empty. Further members are allowed.
    Source: the page's example of the 500 error.

    Scenario Outline: The error without <parameters>
      When <parameters> are missing
      Then the error is a JSON object with a text called error

      Examples:
        | parameters                         |
        | company_name                       |
        | username                           |
        | password                           |
        | username and company_name          |
        | username and password              |
        | company_name and password          |
        | username, company_name and password |

  @ERR-6 @implied
  Rule: Missing parameters of a multipart form are answered alike
    ERR-1 to ERR-5 hold for both encodings. A multipart body has at least one part (RFC 2046): where every parameter is
    missing, it has one part with an unknown name.
    Source: the page's Node.js and JavaScript samples.

    Scenario Outline: A multipart form without <parameters>
      When <parameters> are missing in a multipart form
      Then the answer is a 500 error as for a urlencoded form

      Examples:
        | parameters                         |
        | company_name                       |
        | username                           |
        | password                           |
        | username and company_name          |
        | username and password              |
        | company_name and password          |
        | username, company_name and password |

  @ERR-7 @implied
  Rule: Errors and refusals give nothing away
    They carry no token in body, headers or cookies, do not echo the password, and show no stack trace or debug page.
    A password is echoed where a decoded string equals it or, if it has 8 or more characters, contains it. Escapes, base64 and
    bytes written as numbers are decoded.
    Exception: a response that merely repeats the URL or the query of a request with the password in its query string (REF-5)
    does not count as an echo, also where it lists the query parameter by parameter. The password anywhere else in it counts.
    Source: OWASP, improper error handling.

    Scenario: No tokens in errors and refusals
      When parameters are missing and an unknown user logs in
      And every other request of the run is answered
      Then no error or refusal carries a token

    Scenario: No password in errors and refusals
      When parameters are missing and an unknown user logs in
      And every other request of the run is answered
      Then no error or refusal echoes the password

    Scenario: No inner workings in errors and refusals
      When parameters are missing and an unknown user logs in
      And every other request of the run is answered
      Then no error or refusal shows a stack trace or a debug page

  @ERR-8 @implied
  Rule: Empty and blank parameters are refused
    Which status the refusal has is not documented: anything but success, and no tokens.
    Source: the page calls all three parameters required.

    Scenario Outline: <flaw> <parameter>
      When <parameter> is <flaw>
      Then the login is refused

      Examples:
        | parameter    | flaw  |
        | username     | empty |
        | company_name | empty |
        | password     | empty |
        | username     | blank |
        | company_name | blank |

    Scenario: empty password in a multipart form
      When password is empty in a multipart form
      Then the login is refused
