// Whether people know what was merged.
#include <algorithm>

#include "audit/judges.h"
#include "explanations/record.h"
#include "files/glob.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

constexpr std::size_t looked_at = 200;  // of the newest commits

struct Share {
  std::size_t all = 0, with = 0;
  std::string example;
};
Share share_of(const Past& past, bool PastCommit::*what) {
  Share share;
  for (const PastCommit& commit : past.commits) {
    if (share.all == looked_at) break;
    if (commit.is_merge || commit.is_bot) continue;
    ++share.all;
    if (!(commit.*what)) continue;
    ++share.with;
    if (share.example.empty()) share.example = commit.id;
  }
  return share;
}

std::string text_of(const Share& share, std::string_view what) {
  return std::to_string(share.with) + " of the newest " + std::to_string(share.all) + " commits " + std::string(what);
}

// "Someone will review your code", "Pull requests are usually reviewed within a few days."
bool tells_of_review(const std::string& lower) {
  const auto says = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
  };
  return says({"will review", "will be review", "will get review", "are review", "are usually review", "is review",
               "be reviewed", "reviewed by", "get reviewed", "gets reviewed"}) &&
         says({"code", "pull request", "patch", "change", "contribution", "commit", "merge request", "submission"});
}

// The first line of a document that asks for a review of changes, or says that they get one.
std::optional<Place> asks_for_review(const Subject& subject) {
  for (const std::string& path : documents_of(subject, "review")) {
    std::uint32_t number = 0;
    for (const std::string_view line : lines_of(subject.repository.text(path))) {
      ++number;
      const std::string lower = letters::to_lower(line);
      const bool about = lower.find("review") != std::string::npos || lower.find("approv") != std::string::npos;
      const bool asks = lower.find("must") != std::string::npos || lower.find("require") != std::string::npos ||
                        lower.find("need") != std::string::npos || lower.find("at least one") != std::string::npos ||
                        lower.find("every ") != std::string::npos || lower.find("before merg") != std::string::npos ||
                        lower.find("another person") != std::string::npos;
      if (about && (asks || tells_of_review(lower)) && count_own_words(line) >= 5) return Place{path, number};
    }
  }
  return std::nullopt;
}

struct Owned {
  Place place;
  std::string pattern;
  bool fits = false;
};
std::vector<Owned> owners_in(const Subject& subject, const std::string& path) {
  std::vector<Owned> found;
  std::uint32_t number = 0;
  for (std::string_view line : lines_of(subject.repository.text(path))) {
    ++number;
    line = letters::trim(line.substr(0, line.find(" #")));
    if (line.empty() || line.front() == '#' || line.front() == '[') continue;
    const auto parts = parts_of(line);
    if (parts.size() < 2 || parts[1].find('@') == std::string::npos) continue;
    std::string pattern = parts[0];
    const bool anchored = pattern.front() == '/';
    if (anchored) pattern.erase(0, 1);
    const auto& files = subject.repository.files();
    const bool fits =
        pattern == "*" || std::any_of(files.begin(), files.end(), [&](const std::string& file) {
          return files::matches_glob(pattern, file) || (!anchored && files::matches_glob("**/" + pattern, file));
        });
    found.push_back({{path, number}, parts[0], fits});
  }
  return found;
}

}  // namespace

Level owners(const Subject& subject, const Package&, Finding& finding) {
  for (const std::string& path : documents_of(subject, "owners")) {
    const auto all = owners_in(subject, path);
    const auto fits = std::find_if(all.begin(), all.end(), [](const Owned& owned) { return owned.fits; });
    if (fits == all.end()) {
      finding.at = Place{path, 1};
      finding.lacks = all.empty() ? path + " names no owner" : path + " names owners of files that are not here";
      return Level::absent;
    }
    finding.show(fits->place, "owners of " + fits->pattern);
    for (const Owned& owned : all) {
      if (owned.fits) continue;
      finding.at = owned.place;
      finding.lacks = "no file is " + owned.pattern;
      return Level::present;
    }
    if (subject.past && subject.past->standing_lines > 0 &&
        2 * subject.past->active_lines >= subject.past->standing_lines && subject.past->commits.size() >= 10) {
      finding.show_commit(subject.past->active_example,
                          std::to_string(100 * subject.past->active_lines / subject.past->standing_lines) +
                              " % of the lines are by people who were active in the last 90 days");
      return Level::shown;
    }
    finding.lacks = "no history shows that those who wrote most of it are still here";
    return Level::consistent;
  }
  finding.lacks = "no file says who owns what";
  return Level::absent;
}

Level reviews(const Subject& subject, const Package&, Finding& finding) {
  const auto asked = asks_for_review(subject);
  const Share share = subject.past ? share_of(*subject.past, &PastCommit::is_reviewed) : Share{};
  if (asked) finding.show(*asked, "says that changes are reviewed");
  if (share.with > 0) finding.show_commit(share.example, text_of(share, "were reviewed or merged by somebody else"));
  if (!asked && share.with == 0) {
    finding.lacks = "no document asks for a review, and no commit shows one";
    return Level::absent;
  }
  if (share.with == 0) {
    finding.at = asked;
    finding.lacks = "no commit shows a review by somebody else";
    return Level::present;
  }
  if (2 * share.with >= share.all && share.all >= 4) return Level::shown;
  finding.lacks = "only " + text_of(share, "were reviewed by somebody else");
  return asked || 4 * share.with >= share.all ? Level::consistent : Level::present;
}

Level explanations(const Subject& subject, const Package&, Finding& finding) {
  std::string first, hollow;  // hollow: what the first record that nobody filled in lacks
  std::optional<Place> at;
  for (const std::string& path : subject.repository.files()) {
    if (!comprehension::is_record_path(path)) continue;
    const auto gap = comprehension::gap_in(comprehension::parse_record(subject.repository.text(path), path));
    if (!gap && first.empty()) first = path;
    if (!gap || at) continue;
    hollow = path + ": " + gap->message;
    at = Place{path, gap->line};
  }
  if (first.empty()) {
    finding.lacks = at ? hollow : "no change comes with an explanation";
    finding.at = at;
    return Level::absent;
  }
  finding.show({first, 1}, "an explanation with four parts");
  const Share share = subject.past ? share_of(*subject.past, &PastCommit::is_explained) : Share{};
  if (at || share.with == 0) {
    finding.at = at ? *at : Place{first, 1};
    finding.lacks = at ? hollow : "no commit came with one";
    return Level::present;
  }
  finding.show_commit(share.example, text_of(share, "came with an explanation"));
  finding.lacks = "only " + text_of(share, "came with an explanation");
  return 2 * share.with >= share.all && share.all >= 4 ? Level::shown : Level::consistent;
}

}  // namespace cascade::audit::judges
