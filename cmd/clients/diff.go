package main

import "slices"

// diff lists the lines that only one of two texts has: those of before after -, those of now after +, in their order.
func diff(before, now []string) []string {
	// longest[i][j] is the length of the longest common subsequence of before[i:] and now[j:].
	longest := make([][]int, len(before)+1)
	for i := range longest {
		longest[i] = make([]int, len(now)+1)
	}
	for i := range slices.Backward(before) {
		for j := range slices.Backward(now) {
			if before[i] == now[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var lines []string
	for i, j := 0, 0; i < len(before) || j < len(now); {
		switch {
		case i < len(before) && j < len(now) && before[i] == now[j]:
			i, j = i+1, j+1
		case j == len(now) || i < len(before) && longest[i+1][j] >= longest[i][j+1]:
			lines = append(lines, "-"+before[i])
			i++
		default:
			lines = append(lines, "+"+now[j])
			j++
		}
	}
	return lines
}
