// Recognises programs that run tests, and runs that ran any.
//
// A run without tests proves nothing, whatever its status: `pytest -k tyop` ends with 5, `go test -run tyop` with 0.
// So the output is examined too. Programs and messages are those of current versions; an unknown program is not a test
// run, and output without a number counts as "some".
#pragma once

#include <cstdint>
#include <string_view>

#include "shell/trace.h"

namespace cascade::evidence {

// Whether these words run tests: `pytest -k x`, `npm test`, `cargo test`, `make check`. Not if they only list, compile
// or explain them (`--collect-only`, `--no-run`, `--help`).
bool runs_tests(const shell::Call& call);

enum class TestCount : std::uint8_t { none, some, unknown };
// Returns how many tests ran, according to the output of a test run.
TestCount tests_in(std::string_view output);

}  // namespace cascade::evidence
