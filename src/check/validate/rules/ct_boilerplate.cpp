// Blocks of lines that several manifests carry. A window is eight consecutive lines, blank ones left out; equal windows
// have equal hashes, and neighbouring windows with the same holders are one block, which is reported once, at its first
// holder. Comparing manifests with each other would be quadratic and would have to guess where a block begins.
#include <algorithm>
#include <unordered_map>

#include "validate/rules/tree_checks.h"

namespace cascade::validation {
namespace {

// A block counts if this many manifests share it, or if two do and shared lines make up this much of one of them.
constexpr std::size_t block_lines = 8, many_manifests = 5, much_percent = 40, named_files = 10;

// Finds runs of lines that several manifests share, by the hash of every eight consecutive lines. Linear in the lines.
class BoilerplateScan {
 public:
  BoilerplateScan(const std::vector<ManifestFacts>& manifests, Findings& findings)
      : manifests_(manifests), findings_(findings) {}

  void run() {
    for (std::uint32_t i = 0; i < manifests_.size(); ++i) add_windows(i);
    for (std::uint32_t i = 0; i < manifests_.size(); ++i) report_blocks(i);
  }

 private:
  struct Window {
    std::vector<std::uint32_t> manifests;  // each once, ascending
    bool reported = false;
  };

  static std::uint64_t window_hash(const std::vector<std::uint64_t>& lines, std::size_t at) {
    std::uint64_t hash = 1469598103934665603U;
    for (std::size_t i = at; i < at + block_lines; ++i) hash = (hash ^ lines[i]) * 1099511628211U;
    return hash;
  }

  void add_windows(std::uint32_t manifest) {
    const auto& lines = manifests_[manifest].line_hashes;
    for (std::size_t at = 0; at + block_lines <= lines.size(); ++at) {
      std::vector<std::uint32_t>& holders = windows_[window_hash(lines, at)].manifests;
      if (holders.empty() || holders.back() != manifest) holders.push_back(manifest);
    }
  }

  // Counts the manifest's lines in windows that another manifest shares.
  std::size_t shared_lines(std::uint32_t manifest) const {
    const auto& lines = manifests_[manifest].line_hashes;
    std::size_t shared = 0, covered = 0;
    for (std::size_t at = 0; at + block_lines <= lines.size(); ++at) {
      if (windows_.at(window_hash(lines, at)).manifests.size() < 2) continue;
      shared += at + block_lines - std::max(at, covered);
      covered = at + block_lines;
    }
    return shared;
  }

  void report_blocks(std::uint32_t manifest) {
    const auto& lines = manifests_[manifest].line_hashes;
    const bool much = shared_lines(manifest) * 100 >= much_percent * std::max<std::size_t>(1, lines.size());
    for (std::size_t at = 0; at + block_lines <= lines.size();) {
      Window& first = windows_.at(window_hash(lines, at));
      // Two manifests may well share a paragraph; only when it is much of one of them is it a copy.
      const bool counts = first.manifests.size() >= many_manifests || (much && first.manifests.size() >= 2);
      if (!counts || first.reported || first.manifests.front() != manifest) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end + block_lines <= lines.size()) {
        Window& next = windows_.at(window_hash(lines, end));
        if (next.manifests != first.manifests) break;
        next.reported = true;
        ++end;
      }
      report(manifest, at, end + block_lines - 1, first);
      at = end;
    }
  }

  void report(std::uint32_t manifest, std::size_t begin, std::size_t end, const Window& window) {
    const ManifestFacts& facts = manifests_[manifest];
    Location at;
    at.path = facts.name_at.path;
    at.line = facts.line_numbers[begin];
    Diagnostic& finding = findings_.add(
        "CT004", at,
        std::to_string(end - begin) + " lines stand in " + std::to_string(window.manifests.size()) + " manifests",
        "keep them in one file that all of them link to");
    for (std::size_t i = 1; i < window.manifests.size() && i <= named_files; ++i)
      finding.related.push_back({{manifests_[window.manifests[i]].name_at.path, 0, 0, 0, 0}, "has them, too"});
  }

  const std::vector<ManifestFacts>& manifests_;
  Findings& findings_;
  std::unordered_map<std::uint64_t, Window> windows_;
};

}  // namespace

void check_boilerplate(const Context&, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  if (findings.runs("CT004")) BoilerplateScan(manifests, findings).run();
}

}  // namespace cascade::validation
