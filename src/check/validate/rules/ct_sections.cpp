// Rules about the parts of a body: the same section twice, a fence that is never closed, no body, a body that is too
// long. Sections are compared only with the one before that has the same heading and the same section above it, because
// "Steps" below each of ten commands is no copy.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "files/paths.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "unicode/utf8.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Block, syntax::BlockKind;

constexpr std::uint32_t longest_body = 500;                 // lines
constexpr std::size_t least_words = 4, equal_percent = 80;  // of the words of both, in any order
using Words = std::map<std::string, std::size_t>;
Words words_of(std::string_view text, std::size_t& total) {
  Words words;
  for (WordCursor cursor(text); cursor.next(); ++total) ++words[letters::to_lower(cursor.word())];
  return words;
}

// One fence and nothing else: a command for each tool, a sample for each language. A word makes all the difference.
bool is_only_code(std::string_view text) {
  text = letters::trim(text);
  return text.size() > 6 && text.starts_with("```") && text.ends_with("```") && text.find("\n```") == text.size() - 4;
}

bool are_nearly_equal(std::string_view a, std::string_view b) {
  if (is_only_code(a) && is_only_code(b)) return letters::trim(a) == letters::trim(b);
  // Texts of different lengths cannot be equal: this is checked before counting.
  if (std::min(a.size(), b.size()) * 2 < std::max(a.size(), b.size())) return false;
  std::size_t in_a = 0, in_b = 0, common = 0;
  const Words left = words_of(a, in_a), right = words_of(b, in_b);
  if (std::min(in_a, in_b) < least_words) return false;
  for (const auto& [word, count] : left)
    if (const auto found = right.find(word); found != right.end()) common += std::min(count, found->second);
  return 200 * common >= equal_percent * (in_a + in_b);
}

// A section of the outline: from its heading to the next one that is not below it.
struct Section {
  const Block* heading = nullptr;
  std::size_t parent = 0;  // number of the section above, or none
  std::size_t leader = 0;  // number of the last section before it that has a deeper heading, or none
  std::string_view text;   // after the heading
};

class SectionCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    collect();
    std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> by_place;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const std::string title = letters::to_lower(sections_[i].heading->text);
      if (!title.empty()) by_place[{sections_[i].parent, title}].push_back(i);
    }
    for (const auto& [place, numbers] : by_place)
      for (std::size_t i = 1; i < numbers.size(); ++i)
        if (numbers.size() < 3 || !have_own_leaders(sections_[numbers[i - 1]], sections_[numbers[i]]))
          compare(numbers[i - 1], numbers[i]);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void collect() {
    const auto& outline = body_.outline();
    std::vector<std::size_t> open;
    std::array<std::size_t, 8> last_of_level{};
    last_of_level.fill(none);
    for (const std::size_t index : outline.headings) {
      const Block& heading = outline.blocks[index];
      const auto level = std::min<std::size_t>(static_cast<std::size_t>(heading.level), last_of_level.size() - 1);
      while (!open.empty() && sections_[open.back()].heading->level >= heading.level) {
        end(open.back(), heading.begin);
        open.pop_back();
      }
      sections_.push_back({&heading, open.empty() ? none : open.back(), none, {}});
      for (std::size_t deeper = level + 1; deeper < last_of_level.size(); ++deeper)
        if (const std::size_t last = last_of_level[deeper];
            last != none && (sections_.back().leader == none || last > sections_.back().leader))
          sections_.back().leader = last;
      last_of_level[level] = sections_.size() - 1;
      open.push_back(sections_.size() - 1);
    }
    for (const std::size_t last : open) end(last, document_.text().size() - body_.body());
  }

  void end(std::size_t section, std::size_t at) {
    const std::size_t begin = body_.body() + sections_[section].heading->end;
    sections_[section].text = document_.text().substr(begin, body_.body() + at - begin);
  }

  // In a reference "#### save()" stands above "### Parameters": each is its method's, though the levels say otherwise.
  bool have_own_leaders(const Section& a, const Section& b) const {
    if (a.leader == none || b.leader == none || a.leader == b.leader) return false;
    return sections_[a.leader].heading->text != sections_[b.leader].heading->text;
  }

  // "## Pattern: [name]" with "[how it looks]" below: a form to be filled in, once for each.
  static bool is_form(const Section& section) {
    return section.heading->text.find('[') != std::string::npos && section.text.find('[') != std::string_view::npos;
  }

  void compare(std::size_t first, std::size_t second) {
    const Section &a = sections_[first], &b = sections_[second];
    if (is_form(a) && is_form(b)) return;
    if (!are_nearly_equal(a.text, b.text)) return;
    findings_
        .add("CT003", document_.at(body_.body() + b.heading->begin, b.heading->end - b.heading->begin),
             "the section \"" + unicode::displayable(b.heading->text) + "\" appears here a second time",
             "keep one of them")
        .related.push_back({document_.at_line(document_.line_of(body_.body() + a.heading->begin)), "the first"});
  }

  const TextModel& body_ = document_.body();
  std::vector<Section> sections_;
};

std::size_t marks_at(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size()) - at;
}

// Whether a fence with as many marks opens inside the block, as "```go" in "```markdown": its end then ended the block.
bool holds_a_fence(std::string_view block, std::size_t marks) {
  for (std::size_t at = block.find("\n```"); at != std::string_view::npos; at = block.find("\n```", at + 1)) {
    const std::size_t inner = marks_at(block, at + 1), behind = at + 1 + inner;
    if (inner >= marks && behind < block.size() && letters::is_letter(block[behind])) return true;
  }
  return false;
}

// Whether hardly anything follows that could be taken for code by mistake.
bool ends_soon(std::string_view from_fence) {
  constexpr int most = 5;
  int count = -1;  // without the one that opens the fence
  for (const letters::Line line : letters::lines(from_fence)) {
    count += letters::trim(line).empty() ? 0 : 1;
    if (count > most) return false;
  }
  return true;
}

// What to do about a fence without an end. One that has no language may be the end of a fence further up.
std::string help_for_fence(const Document& document, const Block& fence) {
  const TextModel& body = document.body();
  if (fence.text.empty())
    for (auto above = body.outline().blocks.rbegin(); above != body.outline().blocks.rend(); ++above) {
      if (above->kind != BlockKind::fence || above->begin >= fence.begin) continue;
      const std::string_view block = document.text().substr(body.body() + above->begin, above->end - above->begin);
      const std::size_t marks = marks_at(block, std::min(block.find('`'), block.size()));
      if (marks >= 3 && holds_a_fence(block, marks))
        return "the " + std::string(marks, '`') + " in line " +
               std::to_string(document.line_of(body.body() + above->begin)) +
               " was closed by a fence inside it: open and close it with " +
               (marks == 3 ? "four marks" : "one more mark");
    }
  return "close it with as many marks as opened it";
}

void check_fences(const Document& document, Findings& findings) {
  if (!has_part(document.text(), {"```", "~~~"})) return;
  const TextModel& body = document.body();
  const auto report = [&](const Block& fence) {
    const std::size_t begin = body.body() + fence.begin;
    findings.add("CT006", ends_soon(document.text().substr(begin)) ? std::optional(Severity::warning) : std::nullopt,
                 document.at(begin, 3), "the code fence is never closed", help_for_fence(document, fence));
  };
  for (const std::size_t index : body.outline().recovered_fences) report(body.outline().blocks[index]);
  for (const Block& block : body.outline().blocks) {
    if (block.kind != BlockKind::fence || block.closed) continue;
    const std::string_view behind = document.text().substr(std::min(body.body() + block.end, document.text().size()));
    const auto index = static_cast<std::size_t>(&block - body.outline().blocks.data());
    if (letters::trim(behind).empty() && std::ranges::count(body.outline().recovered_fences, index) == 0) report(block);
  }
}

}  // namespace

void check_sections(const Context& context, const Document& document, Findings& findings) {
  const bool manifest = is_manifest(document.role());
  if (!manifest && document.role() != Role::resource) return;
  const std::string_view body = document.text().substr(document.frontmatter().body);
  if (manifest && letters::trim(body).empty() && document.frontmatter().end > document.frontmatter().begin) {
    findings.add("CT005", document.at_line(document.lines().lines()), "nothing follows the front matter",
                 "write the instructions");
    return;
  }
  check_fences(document, findings);
  if (findings.runs("CT003") && body.find('#') != std::string_view::npos)
    SectionCheck(context, document, findings).run();
  if (document.role() != Role::skill) return;
  std::uint32_t lines = document.lines().lines() - document.line_of(document.frontmatter().body);
  if (!body.empty() && body.back() != '\n') ++lines;
  if (lines > longest_body)
    findings.add("BD003", document.at_line(document.line_of(document.frontmatter().body)),
                 "the body has " + std::to_string(lines) + " lines", "500 at most; move details into references/");
}

// Blocks of lines that several manifests carry. A window is eight consecutive lines, blank ones left out; equal windows
// have equal hashes, and neighbouring windows with the same holders are one block, which is reported once, at its first
// holder. Comparing manifests with each other would be quadratic and would have to guess where a block begins.
namespace {

// A block counts if this many manifests share it, or if two do and shared lines make up this much of one of them.
constexpr std::size_t block_lines = 8, many_manifests = 5, much_percent = 40, named_files = 10;

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
    Diagnostic& finding = findings_.add(
        "CT004", {facts.name_at.path, facts.line_numbers[begin], 0, 0, 0},
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

// BD002 and BD005: what the client lists of all skills of a folder together, and what a skill costs with all that its
// front matter binds. What is bound is counted once, however many ways lead to it.

namespace {

constexpr std::size_t named_largest = 10, room_of_newer_models = 30'000;

// The client looks one folder deep, and where plugin.json says.
bool is_loaded(const Context& context, const ManifestFacts& facts) {
  const std::string& path = facts.name_at.path;
  std::string_view below = path;
  if (!facts.base.empty() && below.starts_with(facts.base)) below.remove_prefix(facts.base.size() + 1);
  return !below.starts_with("skills/") || std::count(below.begin(), below.end(), '/') <= 2 ||
         context.facts.is_listed(path);
}

// The part of the client's listing used by one plugin, or one folder of skills.
void check_listings(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  std::map<std::string_view, std::vector<const ManifestFacts*>> by_base;
  for (const ManifestFacts& facts : manifests)
    if (facts.role == Role::skill && facts.for_model && is_loaded(context, facts))
      by_base[facts.base].push_back(&facts);
  for (auto& [base, skills] : by_base) {
    std::size_t sum = 0;
    for (const ManifestFacts* skill : skills) sum += skill->listed;
    if (sum <= context.policy().limits.listing_budget) continue;
    std::ranges::stable_sort(skills, std::ranges::greater(), &ManifestFacts::listed);
    // The usual limit is that of the smallest window; newer models have more room (client/models.h).
    const std::uint32_t limit = context.policy().limits.listing_budget;
    const bool fits_newer = limit == RuleLimits{}.listing_budget && sum <= room_of_newer_models;
    Diagnostic& finding =
        findings.add("BD002", fits_newer ? std::optional(Severity::info) : std::nullopt,
                     {base.empty() ? "." : std::string(base), 0, 0, 0, 0},
                     "names and descriptions of " + std::to_string(skills.size()) + " skills have " +
                         std::to_string(sum) + " characters, " + std::to_string(limit) +
                         (fits_newer ? " at most with models up to Claude 4.6; newer ones have room for "
                                       "30,000"
                                     : " at most"),
                     "shorten the longest, or close some to the model with disable-model-invocation");
    for (std::size_t i = 0; i < std::min(named_largest, skills.size()); ++i)
      finding.related.push_back({skills[i]->description_at, std::to_string(skills[i]->listed) + " characters"});
  }
}

// The bodies of a manifest and of everything its fields bind, directly or indirectly.
std::uint64_t closure_cost(const Registry& registry, ManifestId root) {
  std::vector<std::uint32_t> found = {index(root)};
  std::vector<bool> seen(registry.size(), false);
  seen[index(root)] = true;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    sum += registry[ManifestId{found[i]}].body.tokens;
    for (const cascade::Link& link : registry.links(ManifestId{found[i]})) {
      if (link.via != Via::frontmatter || link.strength > Strength::invoked || seen[index(link.to)]) continue;
      seen[index(link.to)] = true;
      found.push_back(index(link.to));
    }
  }
  return sum;
}

}  // namespace

void check_memory_size(const Context&, const Document& document, Findings& findings) {
  if (document.role() != Role::memory || !findings.runs("BD008")) return;
  constexpr std::size_t most_characters = 40'000, most_bytes_of_agents = 32'768;
  const std::string_view text = document.text();
  const auto tell = [&](std::optional<Severity> severity, std::size_t size, std::string_view what) {
    findings.add("BD008", severity, document.whole(), "the memory file has " + std::to_string(size) + std::string(what),
                 "move what only some tasks need into rules with paths, or into skills");
  };
  if (files::file_name(document.path()) == "AGENTS.md") {
    if (text.size() > most_bytes_of_agents) tell(Severity::info, text.size(), " bytes; Codex reads the first 32,768");
  } else if (text.size() >= most_characters) {
    const std::size_t characters = unicode::count_code_points(text);
    if (characters >= most_characters)
      tell(std::nullopt, characters, " characters, all of them in every request; the client warns from 40,000 on");
  }
}

void check_budgets(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  if (findings.runs("BD002")) check_listings(context, manifests, findings);
  if (!findings.runs("BD005")) return;
  const std::uint32_t limit = context.policy().limits.bundle_budget;
  for (const ManifestFacts& facts : manifests) {
    if (facts.role != Role::skill) continue;
    const std::uint64_t cost = closure_cost(context.registry, facts.id);
    if (cost > limit)
      findings.add("BD005", facts.name_at,
                   "with all that it binds the skill has " + std::to_string(cost) + " tokens, " +
                       std::to_string(limit) + " at most",
                   "split it, or bind less");
  }
}

}  // namespace cascade::validation
