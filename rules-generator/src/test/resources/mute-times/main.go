// Says of each period of time in which of some instants Alertmanager takes it to be.
//
//	go run main.go PERIODS INSTANTS
//
// PERIODS has a line each, in the words of a specification; INSTANTS are Unix seconds. Prints the
// period, a tab and a hexadecimal number, the first instant its highest bit.
package main

import (
	"bufio"
	"fmt"
	"math/big"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/alertmanager/timeinterval"
	"gopkg.in/yaml.v2"
)

func main() {
	text, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	var instants []time.Time
	for _, word := range strings.Fields(string(text)) {
		seconds, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			panic(err)
		}
		instants = append(instants, time.Unix(seconds, 0).UTC())
	}
	words := strings.NewReplacer("startTime", "start_time", "endTime", "end_time", "daysOfMonth", "days_of_month")
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var period timeinterval.TimeInterval
		if err := yaml.UnmarshalStrict([]byte(words.Replace(lines.Text())), &period); err != nil {
			panic(lines.Text() + ": " + err.Error())
		}
		bits := new(big.Int)
		for i, at := range instants {
			if period.ContainsTime(at) {
				bits.SetBit(bits, len(instants)-1-i, 1)
			}
		}
		fmt.Printf("%s\t%s\n", lines.Text(), bits.Text(16))
	}
}
