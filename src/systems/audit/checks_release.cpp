// How versions leave the repository, and how they come back.
#include <algorithm>

#include "audit/changelog.h"
#include "audit/judges.h"
#include "audit/values.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

// The newest version of a change log that says something.
std::optional<LoggedVersion> newest_entry(const Subject& subject) {
  for (const std::string& path : documents_of(subject, "changelog"))
    if (auto entry = newest_logged(subject.repository, path)) return entry;
  return std::nullopt;
}

// What the files of a package say its version is.
std::optional<Value> manifest_version(const Subject& subject) {
  for (const Package& package : subject.packages)
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "stated"))
      for (const std::string& pattern : parts_of(row->subject))
        for (const std::string& name : subject.repository.matching(package.folder, {pattern}))
          for (Value& value : values_of(subject.repository, path_in(package.folder, name), row->value)) {
            value.text = version_in(value.text);
            if (!value.text.empty()) return std::move(value);
          }
  return std::nullopt;
}

bool agree(const std::string& a, const std::string& b) {
  return a == b || a.compare(0, b.size() + 1, b + ".") == 0 || b.compare(0, a.size() + 1, a + ".") == 0;
}

// Empty: the tag names none.
std::string version_of(const PastTag& tag) {
  const std::size_t digit = tag.name.find_first_of("0123456789");
  return digit == std::string::npos ? std::string() : version_at(std::string_view(tag.name).substr(digit));
}

// The newest tag that names a version, another one than `later`.
const PastTag* newest_version_tag(const Subject& subject, const PastTag* later = nullptr) {
  if (!subject.past) return nullptr;
  for (const PastTag& tag : subject.past->tags) {
    const std::string version = version_of(tag);
    if (!version.empty() && (later == nullptr || version != version_of(*later))) return &tag;
  }
  return nullptr;
}

// A section about going back, with what it names.
struct Section {
  Place place;
  std::size_t words = 0;
  std::vector<Named> named;
};
std::optional<Section> section_about_rollback(const Subject& subject) {
  std::optional<Section> best;
  for (const std::string& path : documents_of(subject, "release")) {
    const std::string& text = subject.repository.text(path);
    const auto lines = lines_of(text);
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
      const std::string lower = letters::to_lower(lines[i]);
      const bool about = lower.find("rollback") != std::string::npos || lower.find("roll back") != std::string::npos ||
                         lower.find("rolling back") != std::string::npos ||
                         lower.find("revert a release") != std::string::npos;
      if (lower.empty() || lower.front() != '#' || !about) continue;
      const std::size_t level = lower.find_first_not_of('#');
      std::uint32_t end = i + 1;
      std::string body;
      for (; end < lines.size(); ++end) {
        if (!lines[end].empty() && lines[end].front() == '#' && lines[end].find_first_not_of('#') <= level) break;
        body += std::string(lines[end]) + "\n";
      }
      Section section{{path, i + 1}, count_own_words(body), {}};
      for (Named& named : names_in(subject, path))
        if (named.place.line > i && named.place.line <= end) section.named.push_back(std::move(named));
      if (!best || section.words > best->words) best = std::move(section);
    }
  }
  return best;
}

}  // namespace

Level versions(const Subject& subject, const Package&, Finding& finding) {
  const auto entry = newest_entry(subject);
  const PastTag* tag = newest_version_tag(subject);
  if (!entry && tag == nullptr) {
    finding.lacks = "neither a tag nor a change log names a version";
    return Level::absent;
  }
  if (entry) finding.show(entry->place, "version " + entry->version + " with what changed");
  if (tag != nullptr) finding.show_commit(tag->commit, "tag " + tag->name);
  const auto manifest = manifest_version(subject);
  const std::string newest = entry ? entry->version : version_of(*tag);
  if (manifest && !agree(manifest->text, newest)) {
    finding.at = manifest->place;
    finding.lacks = "the manifest says " + manifest->text + ", the newest version is " + newest;
    return Level::present;
  }
  if (entry && tag != nullptr && !manifest && !agree(entry->version, version_of(*tag))) {
    finding.at = entry->place;
    finding.lacks = "the change log says " + entry->version + ", the newest tag " + tag->name;
    return Level::present;
  }
  const bool two_sources = (entry ? 1 : 0) + (tag != nullptr ? 1 : 0) + (manifest ? 1 : 0) >= 2;
  if (!two_sources) {
    finding.lacks = "only one place names a version: nothing to compare it with";
    return Level::present;
  }
  if (manifest) finding.show(manifest->place, "the manifest agrees");
  const PastTag* before = tag == nullptr ? nullptr : newest_version_tag(subject, tag);
  if (before != nullptr && entry && agree(entry->version, version_of(*tag))) {
    finding.show_commit(before->commit, "and the one before, " + before->name);
    return Level::shown;
  }
  finding.lacks = "no history of tags shows that releases are made so";
  return Level::consistent;
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
  if (found == nullptr && !declared) {
    finding.lacks = "no command and no workflow releases anything";
    return Level::absent;
  }
  if (found != nullptr) finding.show(found->place, found->judged.find("publish")->words);
  if (found == nullptr) finding.show(declared->place, declared->line);
  const Judged& judged = found != nullptr ? found->judged : declared->judged;
  if (const Started* missing = judged.missing()) {
    finding.at = found != nullptr ? found->place : declared->place;
    finding.lacks = missing->why;
    return Level::present;
  }
  if (workflow != nullptr && !workflow->on_tags && !workflow->on_call) {
    finding.at = found->place;
    finding.lacks = workflow->path + " runs neither on tags nor by hand";
    return Level::present;
  }
  const std::string path = found != nullptr ? found->place.path : declared->place.path;
  if (subject.past) {
    const PastTag* tag = newest_version_tag(subject);
    std::size_t made = subject.past->commits.size(), tagged = made;
    for (std::size_t i = 0; i < subject.past->commits.size(); ++i) {
      const PastCommit& commit = subject.past->commits[i];
      if (std::find(commit.paths.begin(), commit.paths.end(), path) != commit.paths.end()) made = i;  // the oldest
      if (tag != nullptr && commit.id == tag->commit) tagged = std::min(tagged, i);
    }
    if (tag != nullptr && tagged <= made && made < subject.past->commits.size()) {
      finding.show_commit(tag->commit, tag->name + " was released since " + path + " is there");
      return Level::shown;
    }
  }
  finding.lacks = "no version was tagged since it is there";
  return Level::consistent;
}

Level rollback(const Subject& subject, const Package&, Finding& finding) {
  std::optional<Declared> declared;
  for (const Package& package : subject.packages)
    if (!declared) declared = declared_for(subject, package, "rollback");
  const auto section = section_about_rollback(subject);
  const bool said = section && section->words >= 8;
  if (!declared && !said) {
    finding.lacks = section ? "the section about rolling back says next to nothing"
                            : "nothing says how to go back to an earlier version";
    if (section) finding.at = section->place;
    return Level::absent;
  }
  if (said) finding.show(section->place, "says how to go back");
  if (declared) finding.show(declared->place, declared->line);
  if (declared && declared->judged.missing() != nullptr) {
    finding.at = declared->place;
    finding.lacks = declared->judged.missing()->why;
    return Level::present;
  }
  const Named* names = nullptr;
  const std::vector<Named> all = said ? section->named : std::vector<Named>();
  for (const Named& named : all) {
    if (named.missing) {
      finding.at = named.place;
      finding.lacks = named.why;
      return Level::present;
    }
    if (named.there || (named.is_command && !named.judged.is_hollow())) names = &named;
  }
  if (names == nullptr && !declared) {
    finding.at = section->place;
    finding.lacks = "it names no command that goes back";
    return Level::present;
  }
  if (names == nullptr && !said) {
    finding.lacks = "no document says when and how to run it";
    finding.at = declared->place;
    return Level::present;
  }
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (step.judged.find("rollback") != nullptr && file.on_call) {
        finding.show(step.place, "a workflow runs it by hand");
        return Level::shown;
      }
  finding.lacks = "no workflow runs it";
  return Level::consistent;
}

}  // namespace cascade::audit::judges
