// Several may say no: the client's settings, the user's switch, the author, a clone that nobody trusts. The strictest
// counts, and of equally strict ones the first in this order.
#include "listed/standing.h"

#include "client/built_in.h"
#include "files/paths.h"
#include "syntax/yaml.h"
#include "text/names.h"
#include "text/word_set.h"

#include <utility>

namespace cascade::listing {

std::string_view below_root(const ManifestView& view) {
  const std::size_t label = view.root == 0 ? std::string_view::npos : view.path.find(':');
  return label == std::string_view::npos ? view.path : view.path.substr(label + 1);
}

client::Owner owner_of(Scope scope) {
  if (scope == Scope::project) return client::Owner::project;
  return scope == Scope::user ? client::Owner::user : client::Owner::plugin;
}

std::string trust_reason(const Switches& switches) {
  return "it came with a clone that you have not trusted yet: cascade allow " + switches.untrusted;
}

namespace {

constexpr std::string_view manual_key = "disable-model-invocation";
constexpr std::string_view policy_file = "agents/openai.yaml", policy_key = "allow_implicit_invocation";

struct Verdict {
  Standing standing = Standing::open;
  std::string reason;

  void tighten(Standing to, std::string because) {
    if (to <= standing) return;
    standing = to;
    reason = std::move(because);
  }
};

// The client accepts `true`, `"true"` and `yes` (2.1.328); an author who writes another word for yes means the same.
bool is_yes(std::string_view written) { return letters::is_one_of_lower(written, {"true", "yes", "on", "y", "1"}); }

class Judge {
 public:
  Judge(const Registry& registry, ManifestId id, const Switches& switches)
      : registry_(registry), view_(registry[id]), switches_(switches) {
    if (view_.root < switches.roots.size()) root_ = switches.roots[view_.root];
    subject_ = {view_.kind, view_.name, view_.plugin, files::join(root_, std::string(below_root(view_)))};
  }

  Verdict verdict(bool with_author) const {
    Verdict verdict;
    if (view_.kind != Kind::agent && client::is_entry_name(view_.name)) {
      verdict.tighten(Standing::off, "it is Cascade's own entry, with which the model takes what is offered");
      return verdict;
    }
    ask_overrides(verdict);
    ask_clients(verdict);
    ask_user(verdict);
    if (with_author) ask_author(verdict);
    if (waits_for_trust()) verdict.tighten(Standing::by_name, trust_reason(switches_));
    return verdict;
  }

  bool is_hidden_by_client() const {
    Verdict verdict;
    ask_clients(verdict);
    if (switches_.client == client::codex.name) ask_policy(verdict);
    return !may_be_named(verdict.standing);
  }

  bool waits_for_trust() const {
    return !switches_.untrusted.empty() && view_.scope == Scope::project && !root_.empty() &&
           view_.root >= switches_.named && files::is_within(switches_.untrusted, root_);
  }

 private:
  void ask_overrides(Verdict& verdict) const {
    if (view_.kind == Kind::agent) return;
    const client::SkillOverride* said = switches_.overrides.find(view_.name, view_.scope == Scope::plugin);
    if (said == nullptr || said->listing <= client::SkillListing::name_only) return;
    verdict.tighten(said->listing == client::SkillListing::off ? Standing::off : Standing::by_name,
                    "skillOverrides: " + std::string(to_string(said->listing)) + " in " + said->path);
  }

  bool is_read_by(const client::Dialect& dialect) const {
    return view_.scope != Scope::builtin && client::reads(dialect, owner_of(view_.scope), root_, view_.path);
  }

  // The client's own settings, and another's for what only that one reads: its user said no to it there.
  void ask_clients(Verdict& verdict) const {
    if (switches_.clients.empty()) return;
    const client::Dialect* asked = client::find_dialect(switches_.client);
    if (asked == nullptr) asked = &client::usual_dialect();
    for (const client::Dialect* const dialect : client::dialects()) {
      if (dialect != asked && (!is_read_by(*dialect) || is_read_by(*asked))) continue;
      const client::SwitchRule* const no = client::find_no(switches_.clients, dialect->name, subject_);
      if (no != nullptr)
        verdict.tighten(no->means == client::SwitchMeans::off ? Standing::off : Standing::by_name,
                        no->said + " in " + no->file);
    }
  }

  void ask_user(Verdict& verdict) const {
    const std::string_view scope = to_string(view_.scope);
    const policy::SkillSwitch* said = policy::find_switch(switches_.own, subject_, root_.empty() ? scope : root_);
    const policy::SkillSwitch* of_scope = policy::find_switch(switches_.own, subject_, scope);
    if (said == nullptr || (of_scope != nullptr && of_scope->use > said->use)) said = of_scope;
    if (said == nullptr || said->use == policy::Use::load) return;
    verdict.tighten(said->use == policy::Use::off    ? Standing::off
                    : said->use == policy::Use::name ? Standing::by_name
                                                     : Standing::offered,
                    "skills: " + said->written + ": " + std::string(to_string(said->use)) + " in " + said->file + ":" +
                        std::to_string(said->line) + (said->profile.empty() ? "" : ", profile " + said->profile));
  }

  void ask_author(Verdict& verdict) const {
    const auto field = [&](std::string_view key) {
      return registry_.field(view_.id, key).value_or(std::string_view());
    };
    const std::string path(view_.path);
    if (is_yes(field(manual_key))) verdict.tighten(Standing::by_name, std::string(manual_key) + " in " + path);
    if (view_.kind == Kind::agent) {
      if (is_yes(field("disable"))) verdict.tighten(Standing::off, "disable in " + path);
      if (letters::to_lower(field("infer")) == "false") verdict.tighten(Standing::by_name, "infer: false in " + path);
    }
    ask_policy(verdict);
  }

  void ask_policy(Verdict& verdict) const {
    if (view_.kind != Kind::skill || root_.empty() || verdict.standing >= Standing::by_name) return;
    const std::string beside = files::join(std::string(files::parent(subject_.path)), std::string(policy_file));
    const auto text = files::DiskTree().read(beside, 1 << 16);
    if (!text || text->find(policy_key) == std::string::npos) return;
    const syntax::Parsed parsed = syntax::parse_yaml(*text);
    const syntax::Node* policy = parsed.root.find("policy");
    const syntax::Node* allows = policy == nullptr ? nullptr : policy->find(policy_key);
    if (allows != nullptr && letters::to_lower(allows->text) == "false")
      verdict.tighten(Standing::by_name, "policy." + std::string(policy_key) + ": false in " + beside);
  }

  const Registry& registry_;
  const ManifestView view_;
  const Switches& switches_;
  std::string root_;
  client::Subject subject_;
};

// A repository with a remote came from elsewhere, and so did the manifests and settings in it. What was made here, and
// is a repository without a remote or none at all, is the user's own.

constexpr std::uint64_t most_git_bytes = 1 << 20;

// The folder with the settings of the repository that `folder` is the top of; empty: it is none.
std::string git_folder(const files::Tree& tree, const std::string& folder) {
  constexpr std::string_view link = "gitdir: ";
  std::string git = files::join(folder, ".git");
  const auto stamp = tree.stat(git);
  if (!stamp) return {};
  if (stamp->directory) return git;
  const auto text = tree.read(git, most_git_bytes);
  if (!text || !text->starts_with(link)) return {};
  git = files::join(folder, std::string(letters::trim(std::string_view(*text).substr(link.size()))));
  const auto common = tree.read(files::join(git, "commondir"), most_git_bytes);  // of a linked work tree
  return common ? files::normalise(files::join(git, std::string(letters::trim(*common)))) : git;
}

bool has_remote(const files::Tree& tree, const std::string& git) {
  const auto text = tree.read(files::join(git, "config"), most_git_bytes);
  return text && text->find("[remote \"") != std::string::npos;
}

}  // namespace

std::string_view to_string(Standing standing) noexcept {
  return letters::Names<Standing::off>("open", "offered", "by_name", "off").of(standing);
}

Standing standing(const Registry& registry, ManifestId id, const Switches& switches) {
  return Judge(registry, id, switches).verdict(true).standing;
}

bool is_off(const Registry& registry, ManifestId id, const Switches& switches) {
  return Judge(registry, id, switches).verdict(false).standing == Standing::off;
}

bool is_hidden_by_client(const Registry& registry, ManifestId id, const Switches& switches) {
  return Judge(registry, id, switches).is_hidden_by_client();
}

std::string reason(const Registry& registry, ManifestId id, const Switches& switches) {
  return Judge(registry, id, switches).verdict(true).reason;
}

Withheld withheld(const Registry& registry, const Switches& switches) {
  Withheld found;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const Standing is = standing(registry, id, switches);
    if (is == Standing::by_name) found.by_name.push_back(id);
    if (is == Standing::off) found.off.push_back(id);
  }
  return found;
}

std::size_t count_waiting(const Registry& registry, const Switches& switches) {
  std::size_t waiting = 0;
  for (std::uint32_t i = 0; !switches.untrusted.empty() && i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView view = registry[id];
    const bool can_come = !view.document && !registry.shadowed_in_favour_of(id) && !client::is_entry_name(view.name);
    if (can_come && Judge(registry, id, switches).waits_for_trust()) ++waiting;
  }
  return waiting;
}

Switches read_switches(const files::Tree& tree, const SwitchRequest& request) {
  Switches read(client::SkillOverrides::read(tree, request.user, request.directory));
  read.clients = client::read_switches(tree, request.user, request.directory);
  read.own = policy::read_skill_switches(
      tree, {request.users_configuration, request.directory, request.user.home, request.profile});
  read.client = request.client;
  read.roots = request.roots;
  read.named = request.named;
  read.clone = clone_around(tree, request.directory, request.user.home);
  if (!read.clone.empty() && !is_trusted(tree, request, read.clone)) read.untrusted = read.clone;
  return read;
}

bool is_orphan(const Registry& registry, ManifestId id) {
  const ManifestView manifest = registry[id];
  if (manifest.document || manifest.layer == Layer::playbook || manifest.kind == Kind::skill) return false;
  if (registry.shadowed_in_favour_of(id)) return false;
  if (registry.field(id, "metadata.cascade-entry") == std::string_view("true")) return false;
  return std::ranges::none_of(registry.links_to(id),
                              [](const Link& link) { return link.strength <= Strength::invoked; });
}

std::string clone_around(const files::Tree& tree, const std::string& directory, const std::string& home) {
  for (std::string folder = files::normalise(directory); !directory.empty() && !folder.empty();) {
    if (const std::string git = git_folder(tree, folder); !git.empty())
      return folder != home && has_remote(tree, git) ? folder : std::string();
    std::string above(files::parent(folder));
    if (above == folder) break;
    folder = std::move(above);
  }
  return {};
}

bool is_trusted(const files::Tree& tree, const SwitchRequest& request, const std::string& clone) {
  // A linked work tree is as much trusted as the clone that it belongs to.
  const std::string main(files::parent(git_folder(tree, clone)));
  if (request.is_allowed && (request.is_allowed(clone) || request.is_allowed(main))) return true;
  std::vector<std::string> folders{main};  // the directory and all above: trust in a folder holds below it
  for (std::string folder = files::normalise(request.directory); !folder.empty();) {
    folders.push_back(folder);
    std::string above(files::parent(folder));
    if (above == folder) break;
    folder = std::move(above);
  }
  return client::is_trusted(tree, request.user, folders);
}

}  // namespace cascade::listing
