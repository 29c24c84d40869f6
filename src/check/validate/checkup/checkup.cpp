// Validates several roots as one tree. Each root is opened as its own workspace, its findings get the root's prefix,
// and all are merged in order. A second checkup "like" the first one, as for --since, reuses its listing and its
// knowledge of paths unless files were added or removed. Findings of the first are then subtracted by their
// fingerprints, which are free of line numbers; for renamed files, by rule and line.
#include "validate/checkup/checkup.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "syntax/json.h"
#include "syntax/put.h"
#include "text/names.h"
#include "workspace/contents.h"

namespace cascade {

std::shared_ptr<FindingsCache> FindingsCaches::of(const std::string& root, const std::string& profile) {
  const std::string name = hash::to_hex(hash::hash64(root + '\n' + profile)) + ".findings";
  std::shared_ptr<FindingsCache>& cache = open_[name];
  if (!cache) cache = std::make_shared<FindingsCache>(files::join(folder_, name), workspace::program_id);
  return cache;
}

void FindingsCaches::save() const {
  for (const auto& [name, cache] : open_) static_cast<void>(cache->save());
}

PathState SeenPaths::look(const std::string& path, const std::function<PathState(const std::string&)>& look) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = seen_.find(path); known != seen_.end()) return known->second;
  }
  const PathState found = look(path);
  const std::lock_guard<std::mutex> lock(mutex_);
  return seen_.emplace(path, found).first->second;
}

Checkup::Checkup(CheckupOptions options, const Checkup* like) : options_(std::move(options)), like_(like) {
  seen_ = like_ != nullptr && keeps_paths(options_.workspace.instead) ? like_->seen_ : std::make_shared<SeenPaths>();
}

// Exact token counts matter to one profile only; the others use the estimate.
Result<Workspace> Checkup::open(const std::string& root) const {
  WorkspaceOptions options = options_.workspace;
  options.default_roots = false;
  options.roots = {{root, Scope::project}};
  options.directory = root;  // its cascade.yaml, not that of the current folder
  const std::string cache = std::exchange(options.cache_directory, {});
  if (options_.caches) options.cache_directory = files::join(cache, "validate");
  options.index_routes = false;
  const std::string vocabulary = std::exchange(options.vocabulary_path, {});
  auto workspace = options_.open(options);
  if (!workspace) return workspace;
  const std::string& profile = options_.profile.empty() ? workspace->rule_policy().profile : options_.profile;
  if (profile != to_string(Profile::cascade)) return workspace;
  options.vocabulary_path = vocabulary;
  if (options_.caches) options.cache_directory = files::join(cache, "validate/exact");
  return options_.open(std::move(options));
}

// Returns the listing of the previous checkup if no file was added or removed since.
Result<TreeFiles> Checkup::list(const std::string& root) const {
  if (like_ != nullptr && seen_ == like_->seen_)
    for (const CheckedRoot& known : like_->roots_)
      if (known.folder == root) return known.files.with(options_.workspace.instead);
  return TreeFiles::list(root, options_.workspace.threads, options_.workspace.instead);
}

// Returns the contents known from the previous checkup, for unchanged files and manifests. A file read through a link
// is left out: it may lead to a changed file.
FindingsCache::Contents Checkup::contents_of(const Workspace& workspace, const CheckedRoot& root) const {
  FindingsCache::Contents read = options_.caches->of(root.folder, policy_.profile)->take_contents(), same;
  const auto real = files::DiskTree().real_path(root.folder);
  if (like_ != nullptr && seen_ == like_->seen_ && real) {
    for (const FileInstead& file : options_.workspace.instead) read.erase(files::relative_to(*real, file.path));
    for (const std::string& path : root.files.files())
      if (auto known = read.extract(path)) same.insert(std::move(known));
  }
  for (auto& [path, content] : WorkspaceContents::of(workspace)) same.insert_or_assign(std::move(path), content);
  return same;
}

ValidateRequest Checkup::make_request(const Workspace& workspace, const CheckedRoot& root) const {
  const TreeFiles& files = root.files;
  ValidateRequest request;
  request.policy = policy_;
  request.files = files.files();
  const Registry registry = workspace.registry();  // a manifest may be read through a link
  for (std::uint32_t i = 0; i < registry.size(); ++i) request.files.emplace_back(registry[ManifestId{i}].path);
  request.read = [&files](const std::string& path) { return files.read(path); };
  request.look = [&files, &root, seen = seen_](const std::string& path) {
    return seen->look(files::join(root.folder, path), [&](const std::string&) { return files.look(path); });
  };
  request.each = [&files](std::size_t count, const std::function<void(std::size_t)>& work) {
    files.for_each(count, work);
  };
  request.known = workspace.problems();
  request.known.insert(request.known.end(), files.problems().begin(), files.problems().end());
  return request;
}

Result<void> Checkup::add(const std::string& root, const std::string& prefix,
                          const std::function<bool(std::string_view path)>& wanted) {
  const auto workspace = open(root);
  if (!workspace) return workspace.error();
  auto files = list(root);
  if (!files) return files.error();
  if (options_.workspace.log)
    for (const std::string& fault : WorkspaceContents::unmet(*workspace))
      options_.workspace.log(LogLevel::warning, fault);
  roots_.push_back({root, prefix, *std::move(files)});
  step("list");
  policy_ = workspace->rule_policy();
  if (!options_.profile.empty()) policy_.profile = options_.profile;
  std::vector<std::string>& known = policy_.known.agents;
  known.insert(known.end(), options_.known_names.begin(), options_.known_names.end());
  ValidateRequest request = make_request(*workspace, roots_.back());
  request.meant = wanted;
  if (options_.caches) {
    request.cache = options_.caches->of(root, policy_.profile);
    request.cache->expect(contents_of(*workspace, roots_.back()));
  }
  const Registry registry = workspace->registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i) roots_.back().manifests.emplace(registry[ManifestId{i}].path);
  Validation validation = validate(registry, request);
  step("validate");
  take(std::move(validation), prefix, wanted);
  return {};
}

void Checkup::take(Validation validation, const std::string& prefix,
                   const std::function<bool(std::string_view)>& wanted) {
  for (Diagnostic& finding : validation.found) {
    if (wanted && !wanted(finding.at.path)) continue;
    finding.at.path = prefix + finding.at.path;
    for (Related& other : finding.related) other.at.path = prefix + other.at.path;
    all_.found.push_back(std::move(finding));
  }
  // The findings of one root are sorted already.
  if (!std::is_sorted(all_.found.begin(), all_.found.end())) std::sort(all_.found.begin(), all_.found.end());
  const Checked& checked = validation.checked;
  all_.suppressed += validation.suppressed;
  for (const auto count : {&Checked::skills, &Checked::agents, &Checked::commands, &Checked::documents, &Checked::hooks,
                           &Checked::plugins, &Checked::instructions, &Checked::files})
    all_.checked.*count += checked.*count;
}

std::set<std::string, std::less<>> Checkup::manifests(const std::string& root) const {
  const CheckedRoot* const found = letters::find_first(roots_, &CheckedRoot::folder, root);
  return found == nullptr ? std::set<std::string, std::less<>>() : found->manifests;
}

bool Checkup::reaches(Severity least) const {
  return std::ranges::any_of(all_.found, [&](const Diagnostic& finding) { return finding.severity >= least; });
}

Result<std::string> Checkup::read(const std::string& path) const {
  for (const CheckedRoot& root : roots_)
    if (path.starts_with(root.prefix)) return root.files.read(path.substr(root.prefix.size()));
  return Error{ErrorCode::not_found, "no such file", path, {}};
}

std::size_t Checkup::accept(const Baseline& baseline) {
  std::size_t unmatched = 0;
  baselined_ += baseline.take(all_.found, unmatched);
  return unmatched;
}

// A renamed file keeps its lines, and their findings. A finding's fingerprint includes the path, so for a renamed file
// the place and rule identify it instead.
void Checkup::accept(const Checkup& earlier, const std::map<std::string, std::string>& renamed) {
  std::vector<Diagnostic>& found = all_.found;
  const std::size_t before = found.size();
  std::size_t unmatched = 0;
  Baseline::of(earlier.all_.found).take(found, unmatched);
  std::multiset<std::tuple<std::string, std::string, std::uint32_t>> moved;
  if (!renamed.empty())
    for (const Diagnostic& finding : earlier.all_.found)
      if (const auto path = earlier.file_of(finding.at.path)) moved.emplace(*path, finding.rule, finding.at.line);
  const auto has_moved = [&](const Diagnostic& finding) {
    const auto path = file_of(finding.at.path);
    const auto from = path ? renamed.find(*path) : renamed.end();
    if (from == renamed.end()) return false;
    const auto known = moved.find({from->second, finding.rule, finding.at.line});
    if (known == moved.end()) return false;
    moved.erase(known);
    return true;
  };
  std::erase_if(found, has_moved);
  earlier_ = before - found.size();
}

std::optional<std::string> Checkup::file_of(const std::string& path) const {
  for (const CheckedRoot& root : roots_)
    if (path.starts_with(root.prefix)) return files::join(root.folder, path.substr(root.prefix.size()));
  return std::nullopt;
}

void Checkup::step(std::string_view name) const {
  if (options_.step) options_.step(name);
}

// A finding is known by path, rule and fingerprint and counts as often as it was there, so that the third of three
// equal faults in a file is reported when only two were known.
constexpr std::string_view baseline_schema = "cascade.baseline/1";

Result<Baseline> Baseline::parse(std::string_view json, const std::string& name) {
  const syntax::Parsed parsed = syntax::parse_json(json);
  const syntax::Node *said = parsed.root.find("schema"), *entries = parsed.root.find("findings");
  if (said == nullptr || said->text != baseline_schema || entries == nullptr || entries->kind != syntax::NodeKind::list)
    return Error{ErrorCode::misuse, "no baseline (" + std::string(baseline_schema) + ")", name,
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
  std::string out = "{\"schema\":\"" + std::string(baseline_schema) + "\",\"findings\":[";
  bool first = true;
  for (const auto& [key, count] : known_) {
    const auto& [path, rule, fingerprint] = key;
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    put(json.begin_object(), "rule", rule, "path", path, "fingerprint", fingerprint, "count", count).end_object();
    out += (std::exchange(first, false) ? "\n" : ",\n") + json.take();
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
  const std::size_t removed = std::erase_if(found, is_known);
  for (const auto& [key, count] : left) unmatched += count;
  return removed;
}

}  // namespace cascade
