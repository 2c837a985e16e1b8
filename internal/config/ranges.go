package config

import "time"

const (
	shortestTimeout  = 100 * time.Millisecond
	longestTimeout   = 5 * time.Minute
	largestTolerance = time.Hour
	mostExchanges    = 64

	lowestRate  = 0.1
	highestRate = 1000

	concurrencyRange = "a whole number from 1 to 64"
	rateRange        = "requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit"
)

// ranges checks the settings that have bounds.
func (c *checker) ranges() {
	if c.Timeout < shortestTimeout || c.Timeout > longestTimeout {
		c.problems.add("%s is %s: set it to a duration from 100ms to 5m", timeout, c.Timeout)
	}
	if c.ClockTolerance < 0 || c.ClockTolerance > largestTolerance {
		c.problems.add("%s is %s: set it to a duration from 0s to 1h", clockTolerance, c.ClockTolerance)
	}
	if c.Concurrency < 1 || c.Concurrency > mostExchanges {
		c.problems.add("%s is %d: set it to %s", concurrency, c.Concurrency, concurrencyRange)
	}
	if c.Rate != 0 && !(c.Rate >= lowestRate && c.Rate <= highestRate) { // NaN is not in the range either
		c.problems.add("%s is %v: set it to %s", rate, c.Rate, rateRange)
	}
	if c.ReportDir == "" {
		c.problems.add("%s is not set: set it to a folder, or to - for no report", reportDir)
	}
}
