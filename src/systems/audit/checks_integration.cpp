// What continuous integration runs, and when.

#include "audit/audit.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

struct Found {
  const CiFile* file = nullptr;
  const CiStep* step = nullptr;
  const CiStep* hidden = nullptr;  // one that would do it, if its failure counted

  bool is_whole() const { return file != nullptr && file->on_requests; }
};

Found best_step(const Subject& subject, std::string_view purpose) {
  Found found;
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps) {
      const Started* doer = step.judged.find(purpose);
      if (doer == nullptr) continue;
      if (!step.is_enforced || !doer->counts)
        found.hidden = found.hidden == nullptr ? &step : found.hidden;
      else if (found.step == nullptr || (file.on_requests && !found.is_whole()))
        found = {&file, &step, found.hidden};
    }
  return found;
}

void show_step(const Subject& subject, const CiStep& step, std::string_view purpose, Finding& finding) {
  Value line = line_of_step(subject, step, purpose);
  finding.show(std::move(line.place), std::move(line.text));
}

// A command of CI that is not here.
const CiStep* broken_step(const CiFile& file) {
  for (const CiStep& step : file.steps)
    if (step.judged.missing() != nullptr) return &step;
  return nullptr;
}

// Whether a file of tests is anywhere: a job that tests nothing is empty.
bool has_tests(const Subject& subject, const Started& doer) {
  return doer.tool == "task" || doer.existence == Existence::unknown ||
         std::ranges::any_of(subject.packages,
                             [](const Package& package) { return package.has_tests() || package.ecosystem.empty(); });
}

std::string why_not_whole(const Found& found) { return found.file->path + " does not run on pull requests"; }

// What CI would do if its failure counted, or what of CI could not be read; empty: neither.
std::string why_unknown(const Subject& subject, const Found& found, Finding& finding) {
  if (found.hidden != nullptr) {
    finding.at = found.hidden->place;
    return "its failure does not fail the job: " + found.hidden->line.substr(0, found.hidden->line.find('\n'));
  }
  for (const CiFile& file : subject.ci)
    if (const auto unread = subject.repository.unread().find(file.path); unread != subject.repository.unread().end())
      return file.path + " could not be read whole: " + unread->second;
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (file.on_requests && calls_workflow(step.line)) {
        finding.at = step.place;
        return "what " + step.line.substr(5, step.line.find('@') - 5) + " runs is not here";
      }
  return {};
}

Level shown_by_outcomes(const Subject& subject, Finding& finding) {
  constexpr std::size_t looked_at = 20;
  if (subject.outcomes.empty())
    return finding.lacking(Level::consistent, "how CI ended is not known: cascade audit --ci FILE");
  const std::size_t all = std::min(subject.outcomes.size(), looked_at);
  const auto passed =
      static_cast<std::size_t>(std::ranges::count(std::span(subject.outcomes).first(all), true, &CiOutcome::passed));
  const std::string share = std::to_string(passed) + " of the last " + std::to_string(all) + " runs passed";
  const bool newest = subject.outcomes.front().passed;
  if (newest && 10 * passed >= 8 * all) return finding.show_commit(subject.outcomes.front().commit, share);
  return finding.lacking(Level::consistent, newest ? "only " + share : "the newest run of CI failed");
}

// How versions leave the repository.
// Empty: the tag names none.
std::string version_of(const metrics::Tag& tag) {
  const std::size_t digit = tag.name.find_first_of("0123456789");
  return digit == std::string::npos ? std::string() : version_at(std::string_view(tag.name).substr(digit));
}

const metrics::Tag* newest_version_tag(const Subject& subject) {
  if (!subject.past) return nullptr;
  for (const metrics::Tag& tag : subject.past->tags)
    if (!version_of(tag).empty()) return &tag;
  return nullptr;
}

}  // namespace

Level tests_in_ci(const Subject& subject, const Package&, Finding& finding) {
  const Found found = best_step(subject, "test");
  if (found.step == nullptr) {
    if (finding.lacks = why_unknown(subject, found, finding); !finding.lacks.empty()) return Level::absent;
    if (!subject.ci.empty()) finding.at = Place{subject.ci.front().path, 1};
    return finding.lacking(Level::absent, subject.ci.empty() ? "there is no continuous integration"
                                                             : "continuous integration runs no tests");
  }
  const Started& doer = *found.step->judged.find("test");
  if (!has_tests(subject, doer))
    return finding.lacking(Level::absent, "CI starts " + doer.tool + ", but there are no tests", found.step->place);
  show_step(subject, *found.step, "test", finding);
  if (!found.is_whole()) return finding.lacking(Level::present, why_not_whole(found), found.step->place);
  if (const CiStep* broken = broken_step(*found.file))
    return finding.lacking(Level::present, broken->judged.missing()->why, broken->place);
  finding.show({found.file->path, 1}, "on pull requests");
  return shown_by_outcomes(subject, finding);
}

Level checks_in_ci(const Subject& subject, const Package&, Finding& finding) {
  Found found;
  std::string_view shown;
  const CiStep* hidden = nullptr;
  std::size_t kinds = 0;
  for (const std::string_view purpose : {"lint", "types", "format"}) {
    const Found one = best_step(subject, purpose);
    if (hidden == nullptr) hidden = one.hidden;
    if (one.step == nullptr) continue;
    if (purpose == "types" && one.step->judged.find("test") != nullptr && one.step->judged.find("lint") == nullptr)
      continue;
    kinds += one.is_whole() ? 1 : 0;
    if (found.step != nullptr && (!one.is_whole() || found.is_whole())) continue;
    found = one;
    shown = purpose;
  }
  if (found.step == nullptr) {
    if (!subject.ci.empty()) finding.at = Place{subject.ci.front().path, 1};
    found.hidden = hidden;
    if (finding.lacks = why_unknown(subject, found, finding); !finding.lacks.empty()) return Level::absent;
    return finding.lacking(Level::absent, subject.ci.empty()
                                              ? "there is no continuous integration"
                                              : "continuous integration runs no linter, type checker or formatter");
  }
  show_step(subject, *found.step, shown, finding);
  finding.at = found.step->place;
  if (!found.is_whole()) return finding.lacking(Level::present, why_not_whole(found));
  if (kinds < 2)
    return finding.lacking(Level::present, "only one of linter, type checker and formatter runs on pull requests");
  return shown_by_outcomes(subject, finding);
}

// How firmly a step names somebody else's action: by a commit or the hash of an image, by a tag, or not at all.
enum class Pin : std::uint8_t { none, tag, hash };
Pin pin_of(std::string_view action) {
  const auto is_hash = [](std::string_view version) {
    return version.size() >= 40 && version.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  };
  const bool is_image = action.starts_with("docker://");
  const std::size_t at = action.rfind('@'), colon = action.rfind(':');
  std::string_view version = at == std::string_view::npos ? "" : action.substr(at + 1);
  if (version.starts_with("sha256:")) version.remove_prefix(7);
  if (is_image && at == std::string_view::npos && colon > 6 && action.find('/', colon) == std::string_view::npos)
    version = action.substr(colon + 1);
  if (is_hash(version)) return Pin::hash;
  for (const std::string_view moving : {"", "main", "master", "latest", "HEAD"})
    if (version == moving) return Pin::none;
  return Pin::tag;
}

Level pinned_actions(const Subject& subject, const Package&, Finding& finding) {
  const CiStep* loose = nullptr;
  const CiStep* tagged = nullptr;
  const CiStep* pinned = nullptr;
  bool limits = true, any = false;
  for (const CiFile& file : subject.ci) {
    bool uses = false;
    for (const CiStep& step : file.steps) {
      if (!step.is_action || step.line.compare(0, 7, "uses:./") == 0) continue;
      uses = any = true;
      const std::string_view action = std::string_view(step.line).substr(5);
      const Pin pin = pin_of(action);
      if (pin == Pin::none)
        loose = loose == nullptr ? &step : loose;
      else if (pin == Pin::tag && !action.starts_with("actions/"))
        tagged = tagged == nullptr ? &step : tagged;
      else
        pinned = pinned == nullptr ? &step : pinned;
    }
    limits = limits && (!uses || file.limits_rights);
  }
  if (!any) {
    finding.applies = false;
    return finding.lacking(Level::absent,
                           subject.ci.empty() ? "there is no continuous integration" : "CI uses nobody else's actions");
  }
  if (loose != nullptr)
    return finding.lacking(Level::absent, loose->line.substr(5) + " changes under you: it names no version",
                           loose->place);
  const CiStep* seen = tagged == nullptr ? pinned : tagged;
  finding.show(seen->place, "every action names a version");
  if (tagged != nullptr || !limits)
    return finding.lacking(Level::present,
                           tagged != nullptr ? tagged->line.substr(5) + " is not pinned to a commit"
                                             : "a workflow does not limit its permissions",
                           seen->place);
  finding.show({pinned->place.path, 1}, "foreign actions are pinned to commits, and permissions are limited");
  if (subject.past)
    for (const PastCommit& commit : subject.past->commits) {
      const bool touches = std::ranges::any_of(commit.paths, [&](const std::string& path) {
        return std::ranges::any_of(subject.ci, [&](const CiFile& file) { return file.path == path; });
      });
      if (!commit.is_bot || !touches) continue;
      return finding.show_commit(commit.id, "a bot brings them up to date");
    }
  return finding.lacking(Level::consistent, "no commit of a bot brings them up to date");
}

Level publishing(const Subject& subject, const Package&, Finding& finding) {
  const CiFile* workflow = nullptr;
  const CiStep* found = nullptr;
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (found == nullptr && step.judged.find("publish") != nullptr) workflow = &file, found = &step;
  std::optional<Declared> declared;
  for (const Package& package : subject.packages)
    if (!declared) declared = declared_for(subject, package, "publish");
  if (found == nullptr && !declared)
    return finding.lacking(Level::absent, "no command and no workflow releases anything");
  if (found != nullptr) finding.show(found->place, found->judged.find("publish")->words);
  if (found == nullptr) finding.show(declared->place, declared->line);
  const Judged& judged = found != nullptr ? found->judged : declared->judged;
  if (const Started* missing = judged.missing())
    return finding.lacking(Level::present, missing->why, found != nullptr ? found->place : declared->place);
  if (workflow != nullptr && !workflow->on_tags && !workflow->on_call)
    return finding.lacking(Level::present, workflow->path + " runs neither on tags nor by hand", found->place);
  const std::string path = found != nullptr ? found->place.path : declared->place.path;
  if (subject.past) {
    const metrics::Tag* tag = newest_version_tag(subject);
    std::size_t made = subject.past->commits.size(), tagged = made;
    for (std::size_t i = 0; i < subject.past->commits.size(); ++i) {
      const PastCommit& commit = subject.past->commits[i];
      if (std::ranges::find(commit.paths, path) != commit.paths.end()) made = i;  // the oldest
      if (tag != nullptr && commit.id == tag->commit) tagged = std::min(tagged, i);
    }
    if (tag != nullptr && tagged <= made && made < subject.past->commits.size())
      return finding.show_commit(tag->commit, tag->name + " was released since " + path + " is there");
  }
  return finding.lacking(Level::consistent, "no version was tagged since it is there");
}

}  // namespace cascade::audit::judges
