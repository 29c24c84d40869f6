// Findings that were there when somebody looked: known, and no reason to fail.
#pragma once

#include <cascade/diagnostic.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cascade {

// One line of JSON for each rule, path and fingerprint, sorted, so that a merge of two has few conflicts.
class Baseline {
 public:
  // misuse: no baseline of ours. `name`: for messages.
  static Result<Baseline> parse(std::string_view json, const std::string& name);
  static Baseline of(const std::vector<Diagnostic>& found);
  std::string json() const;

  std::size_t findings() const noexcept;

  // Takes the findings that it knows out of `found`, each as often as it was there; returns how many. `unmatched`
  // counts what it knows and did not meet.
  std::size_t take(std::vector<Diagnostic>& found, std::size_t& unmatched) const;
  // The same with what `earlier` found, which is another list than `found`: takes it out without making a baseline of
  // it.
  static void take(const std::vector<Diagnostic>& earlier, std::vector<Diagnostic>& found);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // path, rule, fingerprint
  static Key key_of(const Diagnostic& finding) { return {finding.at.path, finding.rule, finding.fingerprint}; }

  std::map<Key, std::size_t> known_;
};

}  // namespace cascade
