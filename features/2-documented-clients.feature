Feature: Every documented client gets its tokens
  The page shows five clients at work: curl, Python's requests, Java's OkHttp, Node.js's request and a browser's
  XMLHttpRequest. Each puts the login into words of its own, and each is answered alike.

  @REQ-3 @documented
  Rule: A stray Basic authorization is ignored
    The page's browser sample sends an API key as Basic authorization to an endpoint that knows none. It is ignored where
    parameters are missing, too.
    Source: the page's JavaScript sample.

    Scenario: The browser's XMLHttpRequest, with its stray Basic authorization
      When the user logs in as the browser sample does
      Then the sample gets its tokens

    Scenario: A stray Basic authorization beside a urlencoded form
      When the user logs in with a rewritten form, beside a stray Basic authorization
      Then no harm comes from a stray Basic authorization

    Scenario Outline: A stray Basic authorization beside a <encoding> form without <parameters>
      When <parameters> <verb> missing in a <encoding> form beside a stray Basic authorization
      Then the authorization makes no difference

      Examples:
        | encoding   | parameters            | verb |
        | urlencoded | username              | is   |
        | multipart  | username and password | are  |

  @REQ-4 @documented
  Rule: Urlencoded forms are accepted
    A space may be sent as a plus sign, as %20 or as it is. Whatever holds for one of these logins (OK-1 to OK-4, TOK-1
    to TOK-8) holds for the others. Each client names itself as it does (User-Agent): filters pass and reject clients by that.
    Source: the page's Shell, Python and Java samples.

    Scenario: Python's requests
      When the user logs in as the Python sample does
      Then the sample gets its tokens

    Scenario: Java's OkHttp
      When the user logs in as the Java sample does
      Then the sample gets its tokens

    Scenario: curl, with the values as they are
      Given configured values of plain ASCII without &, +, % and ;
      When the user logs in as the Shell sample does
      Then the sample gets its tokens

    Scenario: curl, with what is reserved in the values encoded
      Given a configured value with &, +, %, ; or more than plain ASCII
      When the user logs in as the Shell sample does
      Then the sample gets its tokens

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
    Each client names itself as it does (User-Agent), or not at all, as Node.js's. The browser's page is of the endpoint's own
    origin, which its `Origin` names.
    Source: the page's Node.js and JavaScript samples.

    Scenario: Node.js's request
      When the user logs in as the Node.js sample does
      Then the sample gets its tokens

    Scenario: The browser's XMLHttpRequest, with its multipart form
      When the user logs in as the browser sample does
      Then the sample gets its tokens
