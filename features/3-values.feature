Feature: Whatever the credentials are
  Usernames, passwords and company names may hold any characters, and a form may be written in more than one way.

  @REQ-6 @implied
  Rule: What the parameters say counts, not how they are written
    The order of the parameters does not matter. Reserved characters, spaces and letters beyond ASCII arrive
    unharmed in both encodings. A named charset changes nothing.
    The rewritten form has its parameters in reverse order, every byte of a value percent-encoded and a charset, the extended
    multipart form has its parameters in reverse order and one more: variations that should do no harm share a login, and are
    sent one by one where it fails.
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
      When the user logs in with an extended multipart form
      Then no harm comes from the parameters of a multipart form in reverse order

    Scenario Outline: A urlencoded form with <variation>
      When the user logs in with a rewritten form, beside a stray Basic authorization
      Then no harm comes from <variation>

      Examples:
        | variation                             |
        | the parameters in reverse order       |
        | every byte of a value percent-encoded |
        | a charset on the content type         |
