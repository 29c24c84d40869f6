// A refused library is taken on two terms only: without the files that hold what was refused, or with findings that
// the user names one by one, by rule, file and line. Both are kept in the lock: a finding stays accepted as long as its
// file has the same bytes.
#include "library/shelf.h"

#include "cli/opened_library.h"
#include "cli/validated.h"
#include "difference/difference.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "git/words.h"
#include "hash/content_hash.h"
#include "render/parts.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cascade::cli {
namespace {

using collection::AcceptedFinding, collection::FetchedFile, collection::Shelf, rendering::count_of;

constexpr std::size_t most_in_a_command = 4;

std::string hash_of(const std::vector<FetchedFile>& files, const std::string& path) {
  const auto file = std::ranges::find(files, path, &FetchedFile::path);
  return file == files.end() ? std::string() : hash::sha256(file->text);
}

// Adds the paths that the words mean.
Result<void> read_without(const std::vector<std::string>& words, Candidate& candidate) {
  for (const std::string& word : words) {
    const auto paths = collection::paths_of(candidate.fetched.files, word);
    if (paths.empty())
      return misuse(
          "--without " + unicode::displayable(word) + ": there is no such file, folder, skill, agent or command",
          "a path as the findings have it");
    if (paths.size() > 1)
      return misuse("--without " + unicode::displayable(word) + " may be several: " + letters::listed(paths),
                    "--without " + repository::shell_word(paths.front()));
    candidate.without.push_back(paths.front());
  }
  return {};
}

// Those of the lock whose file is as it was, and those of the options.
Result<std::vector<AcceptedFinding>> wanted_findings(const collection::Library& library, const LibraryOptions& options,
                                                     Candidate& candidate) {
  std::vector<AcceptedFinding> wanted;
  for (const std::string& word : options.accept) {
    auto finding = collection::read_accepted(word);
    if (!finding)
      return misuse("--accept " + unicode::displayable(word) + " names no finding",
                    "--accept SEC030:skills/x/SKILL.md:14");
    finding->sha256 = hash_of(candidate.fetched.files, finding->path);
    wanted.push_back(*std::move(finding));
  }
  for (const AcceptedFinding& known : library.accepted) {
    const std::string now = hash_of(candidate.fetched.files, known.path);
    if (now == known.sha256)
      wanted.push_back(known);
    else if (!now.empty())
      candidate.changed.push_back(collection::word_of(known));
  }
  return wanted;
}

// Judges what is laid out.
Result<void> judge(Call& call, const std::vector<AcceptedFinding>& wanted, Candidate& candidate) {
  const auto faults =
      find_faults(call, {.roots = {{candidate.folder, ""}}, .profile = "install", .is_of_others = true});
  if (!faults) return faults.error();
  call.step("validate");
  std::vector<Diagnostic> rest, accepted;
  candidate.accepted.clear();
  candidate.refused.clear();
  candidate.warnings.clear();
  for (const Diagnostic& finding : faults->findings) {
    const auto one =
        std::ranges::find_if(wanted, [&](const AcceptedFinding& given) { return collection::accepts(given, finding); });
    (one == wanted.end() ? rest : accepted).push_back(finding);
    if (one == wanted.end() && finding.severity == Severity::error) candidate.refused.push_back(finding);
    if (one == wanted.end() && finding.severity == Severity::warning)
      candidate.warnings.push_back(rendering::place_of(finding.at) + ": " + unicode::displayable(finding.message));
    const bool is_new =
        one != wanted.end() && std::ranges::none_of(candidate.accepted, [&](const AcceptedFinding& known) {
          return collection::accepts(known, finding);
        });
    if (is_new) candidate.accepted.push_back(*one);
  }
  for (auto [found, text] :
       {std::pair(&rest, &candidate.findings), std::pair(&accepted, &candidate.accepted_findings)}) {
    text->clear();
    if (found->empty()) continue;
    auto shown = faults->text(*found, call.console().paint());
    if (!shown) return shown.error();
    *text = *std::move(shown);
  }
  return {};
}

// What holds the refused places, each once. Empty if one of them is the whole library.
std::vector<std::string> holders(const Candidate& candidate) {
  std::vector<std::string> all;
  for (const Diagnostic& finding : candidate.refused)
    all.push_back(collection::holder_of(candidate.fetched.files, finding.at.path));
  letters::sort_once(all);
  if (!all.empty() && all.front().empty()) all.clear();
  return all;
}

// Leaves out what the candidate's list names, and judges the rest; with --skip-refused until nothing is refused.
Result<void> settle(Call& call, Shelf& shelf, const std::vector<AcceptedFinding>& wanted, bool skips,
                    Candidate& candidate) {
  for (;;) {
    letters::sort_once(candidate.without);
    collection::leave_out(candidate.fetched.files, candidate.without);
    auto folder = shelf.lay_out(candidate.fetched.files);
    if (!folder) return folder.error();
    candidate.folder = *std::move(folder);
    if (auto judged = judge(call, wanted, candidate); !judged) return judged;
    const std::vector<std::string> more = skips ? holders(candidate) : std::vector<std::string>();
    if (!collection::leave_out(candidate.fetched.files, more)) return {};
    candidate.without.insert(candidate.without.end(), more.begin(), more.end());
  }
}

// The command as it was typed, without its answer.
std::string typed(const LibraryOptions& options) {
  std::string line = "cascade library";
  const auto add = [&](const std::string& option, const std::string& value) {
    if (!value.empty()) line += (option.empty() ? "" : " " + option) + " " + repository::shell_word(value);
  };
  for (const std::string& word : options.words) add("", word);
  add("--ref", options.ref);
  add("--name", options.name);
  for (const std::string& word : options.without) add("--without", word);
  for (const std::string& word : options.accept) add("--accept", word);
  return line + (options.team ? " --team" : "") + (options.skip_refused ? " --skip-refused" : "");
}

}  // namespace

Result<Candidate> bring(Call& call, collection::Shelf& shelf, const collection::Library& library,
                        const LibraryOptions& options) {
  const std::string git = files::program_on_path(files::DiskTree(), call.environment().search_path, "git");
  if (git.empty()) return Error{ErrorCode::not_found, "git is not on PATH", {}, "install git"};
  if (auto cleared = shelf.clear(); !cleared) return cleared.error();
  call.console().progress("fetching " + unicode::displayable(library.source));
  auto fetched = collection::fetch({git, library.source, library.ref, files::join(shelf.staging(), "git")});
  call.console().progress({});
  if (!fetched) return fetched.error();
  call.step("fetch");
  Candidate candidate;
  candidate.fetched = *std::move(fetched);
  candidate.without = library.without;
  if (auto read = read_without(options.without, candidate); !read) return read.error();
  const auto wanted = wanted_findings(library, options, candidate);
  if (!wanted) return wanted.error();
  if (auto settled = settle(call, shelf, *wanted, options.skip_refused, candidate); !settled) return settled.error();
  for (const std::string& word : options.accept)
    if (std::ranges::none_of(candidate.accepted,
                             [&](const AcceptedFinding& one) { return collection::word_of(one) == word; }))
      return misuse("--accept " + unicode::displayable(word) + ": nothing is found there",
                    "its rule, file and line, as a refusal shows them");
  return candidate;
}

Exit refuse(Call& call, const Candidate& candidate, const std::string& address, const std::string& name,
            const LibraryOptions& options) {
  const std::string shown = unicode::displayable(address);
  call.console().print(candidate.findings);
  std::string text = "refused: " + count_of(candidate.refused.size(), "place") +
                     (candidate.refused.size() == 1 ? " acts" : " act") +
                     " beyond what its descriptions promise; nothing was taken\n";
  for (const std::string& place : candidate.changed)
    text += "  the file has changed since you accepted " + unicode::displayable(place) + "\n";
  text +=
      "  help: the files are " +
      (files::is_absolute(address) ? "in " + shown : "what `git clone --depth 1 " + shown + " " + name + "` gives") +
      ", to be read and not run; then one of these:";
  if (const auto left = holders(candidate); !left.empty() && !options.skip_refused) {
    LibraryOptions rest = options;
    std::erase_if(rest.accept, [&](const std::string& word) {
      const auto accepted = collection::read_accepted(word);
      return accepted &&
             std::ranges::binary_search(left, collection::holder_of(candidate.fetched.files, accepted->path));
    });
    rest.skip_refused = left.size() > most_in_a_command;
    if (!rest.skip_refused) rest.without.insert(rest.without.end(), left.begin(), left.end());
    text += "\n  without what holds them:  " + typed(rest);
    if (!rest.skip_refused) {
      rest.without = options.without;
      rest.skip_refused = true;
      text += "\n  the same, whatever it is:  " + typed(rest);
    }
  }
  text += "\n  with them, once you have read them:  " + typed(options);
  std::vector<std::string> places;
  for (const Diagnostic& finding : candidate.refused) {
    const std::string place = repository::shell_word(collection::word_of(collection::accepting(finding)));
    if (std::ranges::find(places, place) == places.end()) places.push_back(place);
  }
  for (std::size_t i = 0; i < std::min(places.size(), most_in_a_command); ++i) text += " --accept " + places[i];
  if (places.size() > most_in_a_command)
    text += " and " + std::to_string(places.size() - most_in_a_command) + " more --accept RULE:FILE:LINE";
  return call.console().deny(text);
}

std::string short_commit(const std::string& commit) {
  constexpr std::size_t shown = 12;
  return commit.substr(0, shown);
}

std::string lines_of(const std::string& title, const std::vector<std::string>& lines) {
  std::string text = lines.empty() ? "" : "\n" + title + "\n";
  for (const std::string& line : lines) text += "  " + unicode::displayable(line) + "\n";
  return text;
}

std::string warnings_of(const Candidate& candidate) {
  constexpr std::size_t most = 3;
  const std::vector<std::string>& all = candidate.warnings;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) text += (i == 0 ? "" : "; ") + all[i];
  if (all.size() > most) text += " and " + std::to_string(all.size() - most) + " more";
  return text.empty() ? text : "taken with " + count_of(all.size(), "warning") + ": " + text + "\n";
}

collection::Library locked(collection::Library library, const Candidate& candidate) {
  library.commit = candidate.fetched.commit;
  library.files = collection::locked_files(candidate.fetched.files);
  library.without = candidate.without;
  library.accepted = candidate.accepted;
  return library;
}

std::string terms_of(const Candidate& candidate) {
  return lines_of("left out", candidate.fetched.left_out) + lines_of("left out, as you asked", candidate.without) +
         (candidate.findings.empty() ? "" : "\n" + candidate.findings) +
         (candidate.accepted_findings.empty() ? "" : "\naccepted by you\n" + candidate.accepted_findings);
}

namespace {

std::map<std::string, std::string> descriptions_of(const Registry& registry) {
  std::map<std::string, std::string> all;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}]; !manifest.document)
      all[to_string(symbol_of(manifest))] = manifest.description;
  return all;
}

// What decides when a manifest comes is shown whole, of new and changed ones, whatever its length.
std::string described_text(const std::map<std::string, std::string>& before,
                           const std::map<std::string, std::string>& after, rendering::Paint paint) {
  std::string text;
  for (const auto& [name, description] : after) {
    const auto then = before.find(name);
    if (then != before.end() && then->second == description) continue;
    text += "  " + unicode::displayable(name) + "\n";
    if (then != before.end()) text += paint.green("    - " + unicode::displayable(then->second)) + "\n";
    text += paint.red("    + " + unicode::displayable(description)) + "\n";
  }
  return text.empty() ? text : paint.bold("descriptions") + "\n" + text + "\n";
}

bool is_text(const std::string& text) { return text.find('\0') == std::string::npos; }

// The lines of one file that change; of one that is no text, that it changes.
std::string lines_that_change(const std::string& path, const std::string& before, const std::string& after,
                              rendering::Paint paint) {
  if (!is_text(before) || !is_text(after)) return "  " + unicode::displayable(path) + ": no text\n";
  const std::string all = unicode::displayable(rendering::unified_diff(path, before, after), true);
  std::string text;
  for (const std::string_view line : letters::lines(all))
    text += (line.starts_with('+')   ? paint.red(line)
             : line.starts_with('-') ? paint.green(line)
                                     : std::string(line)) +
            "\n";
  return text;
}

// Of the files as they are, so that what was changed by hand is seen to go.
std::string files_text(const std::string& folder, const Candidate& candidate, rendering::Paint paint) {
  std::string changed, added, gone;
  const files::DiskTree tree;
  constexpr std::uint64_t most_bytes = 16u << 20;  // what a library may have in one file
  for (const FetchedFile& file : candidate.fetched.files) {
    const auto before = tree.read(files::join(folder, file.path), most_bytes);
    if (!before)
      added += "  new  " + unicode::displayable(file.path) + "\n";
    else if (*before != file.text)
      changed += lines_that_change(file.path, *before, file.text, paint);
  }
  if (const auto now = collection::files_now(folder); now && *now)
    for (const std::string& path : collection::compare(**now, collection::locked_files(candidate.fetched.files)).gone)
      gone += "  gone  " + unicode::displayable(path) + "\n";
  const std::string names = added + gone;
  return changed + (changed.empty() ? "" : "\n") + names + (names.empty() ? "" : "\n");
}

}  // namespace

Result<std::string> change_of(Call& call, const std::string& folder, const collection::Library& library,
                              const Candidate& candidate, const collection::Changes& by_hand) {
  const std::string then = short_commit(library.commit), now = short_commit(candidate.fetched.commit);
  const rendering::Paint paint = call.console().paint();
  const auto after = open_others_library(call, candidate.folder);
  if (!after) return after.error();
  rendering::DifferenceReport report;
  report.since = then;
  std::map<std::string, std::string> described;
  if (files::DiskTree().stat(folder)) {
    const auto before = open_others_library(call, folder);
    if (!before) return before.error();
    difference::compare_rights(difference::state_of(before->registry, before->files),
                               difference::state_of(after->registry, after->files), report.difference);
    difference::compare_weights(before->registry, after->registry, report.difference);
    described = descriptions_of(before->registry);
  } else {
    report.difference.gained = difference::rights_of(difference::state_of(after->registry, after->files));
  }
  const auto text = rendering::difference(report, Format::text, paint);
  if (!text) return text.error();
  const collection::Changes files =
      collection::compare(library.files, collection::locked_files(candidate.fetched.files));
  return library.name + ": " + (then == now ? "as at " : then + " -> ") + now + ", " +
         count_of(files.changed.size(), "file") + " changed, " + std::to_string(files.added.size()) + " new, " +
         std::to_string(files.gone.size()) + " gone\n\n" + files_text(folder, candidate, paint) +
         described_text(described, descriptions_of(after->registry), paint) + *text +
         lines_of("changed by hand, and as in the repository again", by_hand.all()) + terms_of(candidate);
}

}  // namespace cascade::cli
