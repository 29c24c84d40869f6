// A packing instance of a benchmark (docs/formats/packing-instance.md), and its solution, as JSON.
#pragma once

#include <cascade/budget.h>
#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::instance {

// The problem with the names that the file uses. Groups are in canonical order, whatever the order in the file:
// layer, scope's bytes, id's bytes.
struct Instance {
  std::string id;
  PackingProblem problem;
  std::vector<std::string> manifests;              // of a group
  std::vector<std::vector<std::string>> sections;  // of a group's items
  std::vector<std::string> slots;
};

// malformed: not JSON, a key of the wrong kind, a name that nothing has or that two have; `path` of the error has the
// place. Unknown keys are passed over. Linear but for sorting.
Result<Instance> read_instance(std::string_view json, std::string_view path);

std::string write_solution(const Instance& instance, const Packing& packing);  // one line, with a line feed

}  // namespace cascade::instance
