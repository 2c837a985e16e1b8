Feature: Whatever the credentials are
  Usernames, passwords and company names may hold any characters, and a form may be written in more than one way.

  @REQ-6 @implied
  Rule: What the parameters say counts, not how they are written
    The order of the parameters does not matter. Reserved characters, spaces and letters beyond ASCII arrive
    unharmed in both encodings. A named charset changes nothing.
    The rewritten form has its parameters in reverse order and every byte of a value percent-encoded, the extended one a
    charset and an extra parameter: variations that should do no harm share a login, and are sent one by one where it fails.
    Source: HTML's form encodings, which the page's samples use.

    Scenario Outline: Reserved characters and letters beyond ASCII in a <encoding> form
      Given a configured value with reserved characters, spaces or letters beyond ASCII
      When the user logs in with a <encoding> form
      Then the values arrive unharmed in the <encoding> form

      Examples:
        | encoding   |
        | urlencoded |
        | multipart  |

    Scenario: The parameters of a multipart form in reverse order
      When the user logs in with the multipart parameters in reverse order
      Then the login is answered like the others

    Scenario Outline: A urlencoded form with <variation>
      When the user logs in with a rewritten form, beside a stray Basic authorization
      Then no harm comes from <variation>

      Examples:
        | variation                             |
        | the parameters in reverse order       |
        | every byte of a value percent-encoded |

    Scenario: A urlencoded form with a charset on the content type
      When the user logs in with an extended form
      Then no harm comes from a charset on the content type
