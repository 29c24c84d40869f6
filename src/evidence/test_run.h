// Which programs run tests, and whether a run ran any.
//
// A run that found no test proves nothing, whatever its status: `pytest -k tyop` ends with 5, `go test -run tyop` with
// 0. So the output is asked as well. The programs and the sentences they print are those of their current versions; a
// program that is not known is no test run, and output that says nothing of a number counts as "some".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "shell/trace.h"

namespace cascade::evidence {

// Whether these words run tests: `pytest -k x`, `npm test`, `cargo test`, `make check`. Not what only lists, compiles
// or explains them (`--collect-only`, `--no-run`, `--help`).
bool runs_tests(const shell::Call& call);

enum class TestCount : std::uint8_t { none, some, unknown };
// What the output of a test run says of how many tests it ran.
TestCount tests_in(std::string_view output);

}  // namespace cascade::evidence
