// A finding is known by path, rule and fingerprint and counts as often as it was there, so that the third of three
// equal faults in a file is reported when only two were known.
#include "validate/checkup/baseline.h"

#include "syntax/json.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace cascade {
namespace {

constexpr std::string_view schema = "cascade.baseline/1";

std::string line_of(const std::string& path, const std::string& rule, const std::string& fingerprint,
                    std::size_t count) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  json.key("rule").string(rule);
  json.key("path").string(path);
  json.key("fingerprint").string(fingerprint);
  json.key("count").number(count);
  json.end_object();
  return json.take();
}

}  // namespace

Result<Baseline> Baseline::parse(std::string_view json, const std::string& name) {
  const syntax::Parsed parsed = syntax::parse_json(json);
  const syntax::Node *said = parsed.root.find("schema"), *entries = parsed.root.find("findings");
  if (said == nullptr || said->text != schema || entries == nullptr || entries->kind != syntax::NodeKind::list)
    return Error{ErrorCode::misuse, "no baseline (" + std::string(schema) + ")", name,
                 "write one with --update-baseline"};
  Baseline baseline;
  for (const syntax::Node& entry : entries->items) {
    const auto text = [&entry](std::string_view key) {
      const syntax::Node* value = entry.find(key);
      return value == nullptr ? std::string() : value->text;
    };
    const std::string count = text("count");
    if (count.empty() || count.size() > 9 || count.find_first_not_of("0123456789") != std::string::npos)
      return Error{ErrorCode::misuse, "an entry without a count", name + ":" + std::to_string(entry.at.line),
                   "write the file anew with --update-baseline"};
    baseline.known_[{text("path"), text("rule"), text("fingerprint")}] += std::stoul(count);
  }
  return baseline;
}

Baseline Baseline::of(const std::vector<Diagnostic>& found) {
  Baseline baseline;
  for (const Diagnostic& finding : found) ++baseline.known_[key_of(finding)];
  return baseline;
}

std::string Baseline::json() const {
  std::string out = "{\"schema\":\"" + std::string(schema) + "\",\"findings\":[";
  bool first = true;
  for (const auto& [key, count] : known_) {
    const auto& [path, rule, fingerprint] = key;
    out += (first ? "\n" : ",\n") + line_of(path, rule, fingerprint, count);
    first = false;
  }
  return out + "\n]}\n";
}

std::size_t Baseline::findings() const noexcept {
  std::size_t all = 0;
  for (const auto& [key, count] : known_) all += count;
  return all;
}

std::size_t Baseline::take(std::vector<Diagnostic>& found, std::size_t& unmatched) const {
  std::map<Key, std::size_t> left = known_;
  const auto is_known = [&left](const Diagnostic& finding) {
    const auto entry = left.find(key_of(finding));
    if (entry == left.end() || entry->second == 0) return false;
    --entry->second;
    return true;
  };
  const std::size_t before = found.size();
  found.erase(std::remove_if(found.begin(), found.end(), is_known), found.end());
  for (const auto& [key, count] : left) unmatched += count;
  return before - found.size();
}

// Compares fingerprints by their first characters as numbers; nearly all differ there.
void Baseline::take(const std::vector<Diagnostic>& earlier, std::vector<Diagnostic>& found) {
  struct Known {
    std::uint64_t mark;
    const Diagnostic* finding;  // null: already taken
  };
  const auto mark_of = [](const Diagnostic& finding) {
    std::uint64_t mark = 0;
    std::memcpy(&mark, finding.fingerprint.data(), std::min(sizeof mark, finding.fingerprint.size()));
    return mark;
  };
  std::vector<Known> known;
  known.reserve(earlier.size());
  for (const Diagnostic& finding : earlier) known.push_back({mark_of(finding), &finding});
  std::sort(known.begin(), known.end(), [](const Known& a, const Known& b) { return a.mark < b.mark; });
  const auto is_known = [&](const Diagnostic& finding) {
    const std::uint64_t mark = mark_of(finding);
    auto at = std::lower_bound(known.begin(), known.end(), mark,
                               [](const Known& one, std::uint64_t wanted) { return one.mark < wanted; });
    for (; at != known.end() && at->mark == mark; ++at) {
      const Diagnostic* other = at->finding;
      if (other == nullptr || other->fingerprint != finding.fingerprint || other->rule != finding.rule ||
          other->at.path != finding.at.path)
        continue;
      at->finding = nullptr;
      return true;
    }
    return false;
  };
  found.erase(std::remove_if(found.begin(), found.end(), is_known), found.end());
}

}  // namespace cascade
