Feature: The teapot
  What this describes counts for nothing.

  @TEA-1 @documented
  Rule: A teapot pours
    Read as tea, in a
    steady stream.
    Source: the teapot's manual.

    Scenario: Pouring
      Given a full teapot
      When somebody tilts it
      Then tea comes out
      And nothing else does

  @TEA-2 @advisory
  Rule: A teapot is no coffee pot
    Source: RFC 2324.

    Scenario Outline: Brewing <drink>
      When somebody brews <drink> in it
      Then the status code is <code>

      Examples:
        | drink  | code |
        | tea    | 200  |
        | coffee | 418  |
