// Findings that existed when a baseline was made: known, and no reason to fail.
#pragma once

#include <cascade/diagnostic.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cascade {

// One line of JSON for each rule, path and fingerprint, sorted, so that merging two has few conflicts.
class Baseline {
 public:
  // misuse: not one of our baselines. `name`: for messages.
  static Result<Baseline> parse(std::string_view json, const std::string& name);
  static Baseline of(const std::vector<Diagnostic>& found);
  std::string json() const;

  std::size_t findings() const noexcept;

  // Removes known findings from `found`, each as often as it existed; returns how many. `unmatched` counts entries
  // that were not met.
  std::size_t take(std::vector<Diagnostic>& found, std::size_t& unmatched) const;
  // The same with the findings of `earlier`, a list other than `found`, without making a baseline of it.
  static void take(const std::vector<Diagnostic>& earlier, std::vector<Diagnostic>& found);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // path, rule, fingerprint
  static Key key_of(const Diagnostic& finding) { return {finding.at.path, finding.rule, finding.fingerprint}; }

  std::map<Key, std::size_t> known_;
};

}  // namespace cascade
