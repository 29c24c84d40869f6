// Follows a process to its ancestors, by what each system says of one process.
#include "files/process.h"
#include "files/process_facts.h"

namespace cascade::files {
namespace {

constexpr int most_generations = 64;

}  // namespace

std::string ancestor_named(const std::vector<std::string_view>& names) {
  std::int64_t pid = parent_of(own_process());
  for (int i = 0; i < most_generations && pid > 1; ++i, pid = parent_of(pid)) {
    std::string name = system::name_of(pid);
    for (const std::string_view wanted : names)
      if (name.compare(0, wanted.size(), wanted) == 0) return name;
  }
  return {};
}

bool descends_from_one_with(std::string_view variable) {
  const std::string beginning = std::string(variable) + "=";
  std::int64_t pid = own_process();
  for (int i = 0; i < most_generations && pid > 1; ++i, pid = parent_of(pid))
    if (system::was_started_with(pid, beginning)) return true;
  return false;
}

}  // namespace cascade::files
