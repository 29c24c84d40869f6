// Which branches one git command moves and which one is checked out afterwards, by git's rules for its operands,
// without running git. Where the words do not show which one is checked out (`git checkout "$X"`) the answer is "none
// or unknown" and never a guess: everything later on the line is judged by it.
#include "guard/judge.h"

#include "git/address.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

constexpr std::string_view heads = "refs/heads/";

// "refs/heads/main", "heads/main" and "main" become "main"; other refs become empty.
std::string short_branch(std::string_view ref) {
  if (ref.starts_with(heads)) return std::string(ref.substr(heads.size()));
  if (ref.starts_with("heads/")) return std::string(ref.substr(6));
  return ref.starts_with("refs/") ? std::string() : std::string(ref);
}

// A name that git checks out as a commit, without a branch.
bool is_commit_expression(std::string_view text) {
  return text.find_first_of("~^:@") != std::string_view::npos || text.starts_with("refs/tags/") ||
         text.starts_with("origin/");
}

// Options that end or skip an operation under way, or look at it. They name no branch.
bool continues(const Words& words) { return words.has("--abort --quit --skip --show-current-patch --edit-todo"); }

// checkout and switch. A current branch that becomes empty is unknown or detached.
BranchChanges of_checkout(const Words& words, const BranchContext& context) {
  if (const Value* forced = words.value("-B -C --force-create"))
    return {{forced->text}, forced->known ? forced->text : ""};
  if (const Value* made = words.value("-b -c --create --orphan")) return {{}, made->known ? made->text : ""};
  if (words.has("--detach -d")) return {{}, ""};
  const std::size_t names = words.has_dashes ? words.before_dashes : words.operands.size();
  if (names != 1 || (words.has_dashes && words.operands.size() > words.before_dashes) || words.has("-p --patch"))
    return {};
  if (!words.operands[0].known) return {{}, ""};
  const std::string& name = words.operands[0].text;
  if (name == "-" || name == "@{-1}") return {{}, context.previous()};
  if (context.facts.has_branch(name)) return {{}, name};
  if (is_commit_expression(name)) return {{}, ""};
  if (context.is_path(name)) return {};
  return {{}, name};  // git creates a local branch from the remote's of that name
}

// reset moves the current branch, unless it only takes paths out of the index.
BranchChanges of_reset(const Words& words, const BranchContext& context) {
  if (words.operands.empty() || words.before_dashes == 0) return {};
  const std::string name = words.operand(0);
  if (name == "HEAD" || name == "@" || words.has("-p --patch")) return {};
  const bool has_paths = words.operands.size() > 1;
  if (has_paths || (!context.facts.has_branch(name) && context.is_path(name))) return {};
  return {{context.current}, {}};
}

BranchChanges of_branch(const Words& words, const BranchContext& context) {
  if (words.has("-r --remotes")) return {};
  const std::string last = words.operand(words.operands.size() - 1);
  if (words.has("-d -D --delete")) {
    BranchChanges changes;
    for (std::size_t i = 0; i < words.operands.size(); ++i) changes.moved.push_back(words.operand(i));
    return changes;
  }
  if (words.has("-m -M --move")) {
    const std::string from = words.operands.size() > 1 ? words.operand(0) : context.current;
    return {{from, last}, from == context.current ? std::optional(last) : std::nullopt};
  }
  if (words.has("-C") || (words.has("-c --copy") && words.has("-f --force"))) return {{last}, {}};
  return words.has("-f --force") ? BranchChanges{{words.operand(0)}, {}} : BranchChanges();
}

// rebase [UPSTREAM [BRANCH]]: BRANCH is checked out first, and then moved.
BranchChanges of_rebase(const Words& words, const BranchContext& context) {
  if (continues(words)) return {};
  const std::size_t branch = words.has("--root") ? 0 : 1;
  if (words.operands.size() <= branch) return {{context.current}, {}};
  return {{words.operand(branch)}, words.operand(branch)};
}

BranchChanges of_reference(const GitWords& git, const Words& words, const BranchContext& context) {
  BranchChanges changes;
  const auto moves = [&](const std::string& ref) {
    changes.moved.push_back(ref == "HEAD"            ? context.current
                            : ref.starts_with(heads) ? short_branch(ref)
                                                     : std::string());
  };
  if (git.verb == "symbolic-ref") {
    const std::string target = words.operand(1);
    if (words.operand(0) == "HEAD" && target.starts_with(heads)) changes.current = short_branch(target);
    return changes;
  }
  if (words.has("--stdin") && context.input) {  // update refs/heads/main NEW [OLD]
    const std::string& lines = *context.input;
    for (std::size_t at = lines.find(heads); at != std::string::npos; at = lines.find(heads, at + 1))
      moves(lines.substr(at, lines.find_first_of(" \n\t", at) - at));
  }
  moves(words.operand(0));
  return changes;
}

// filter-branch rewrites the branches that its revisions name, HEAD without any: `HEAD~3..HEAD`, `-- --all`.
std::vector<std::string> rewritten(const Words& words, const BranchContext& context) {
  std::vector<std::string> moved;
  bool all = words.has("--all --branches") || words.uncertain, any = false;
  for (const Value& operand : words.operands) {
    const std::size_t dots = operand.text.rfind("..");
    const std::string name = dots == std::string::npos ? operand.text : operand.text.substr(dots + 2);
    all = all || !operand.known || name == "--all" || name.starts_with("--branches");
    if (name.starts_with("^") || name.starts_with("-") || (!context.facts.has_branch(name) && context.is_path(name)))
      continue;
    any = true;
    moved.push_back(name.empty() || name == "HEAD" || name == "@" ? context.current : short_branch(name));
  }
  if (all) return context.facts.branches;
  if (!any) moved.push_back(context.current);
  return moved;
}

// Adds the branches at the remote that one refspec writes.
void add_destination(std::string_view spec, const Facts& facts, const std::string& current,
                     std::vector<std::string>& into) {
  if (spec.starts_with("+")) spec.remove_prefix(1);
  if (spec.starts_with("^") || spec.empty()) return;
  const std::size_t colon = spec.find(':');
  std::string_view to = colon == std::string_view::npos ? spec : spec.substr(colon + 1);
  if (to.find('*') != std::string_view::npos || spec == ":") {
    const bool branches = to.empty() || to.starts_with("refs/heads/") || to.starts_with("refs/*") || to == "*";
    if (branches) into.insert(into.end(), facts.branches.begin(), facts.branches.end());
    return;
  }
  if (to.empty()) to = spec.substr(0, colon);
  into.push_back(to == "HEAD" || to == "@" ? current : short_branch(to));
}

void add_default_push(const Facts& facts, const std::string& remote, const std::string& current,
                      std::vector<std::string>& into) {
  const std::vector<std::string> configured = facts.values("remote." + remote + ".push");
  const std::string mode = facts.value("push.default");
  const bool mirrors = facts.value("remote." + remote + ".mirror") == "true";
  if (mirrors || (configured.empty() && mode == "matching")) {
    into.insert(into.end(), facts.branches.begin(), facts.branches.end());
  } else if (!configured.empty()) {
    for (const std::string& spec : configured) add_destination(spec, facts, current, into);
  } else if (mode == "upstream" || mode == "tracking") {
    into.push_back(short_branch(facts.value("branch." + current + ".merge")));
  } else if (mode != "nothing") {
    into.push_back(current);
  }
}

}  // namespace

BranchChanges branch_changes(const GitWords& git, const Words& words, const BranchContext& context) {
  const std::string_view verb = git.verb;
  const auto current_moves = [&] { return BranchChanges{{context.current}, {}}; };
  if (letters::lists("commit cherry-pick revert am merge quiltimport", verb))
    return continues(words) ? BranchChanges() : current_moves();
  if (verb == "pull") return current_moves();
  if (verb == "checkout" || verb == "switch") return of_checkout(words, context);
  if (verb == "reset") return of_reset(words, context);
  if (verb == "branch") return of_branch(words, context);
  if (verb == "rebase") return of_rebase(words, context);
  if (verb == "update-ref" || verb == "symbolic-ref") return of_reference(git, words, context);
  if (verb == "filter-branch") return {rewritten(words, context), {}};
  if (letters::lists("filter-repo fast-import", verb)) return {context.facts.branches, {}};
  if (verb == "stash" && words.operand(0) == "branch") return {{}, words.operand(1)};
  if (verb == "subtree" && words.operand(0) != "push") return current_moves();
  if (const Value* forced = verb == "worktree" ? words.value("-B") : nullptr) return {{forced->text}, {}};
  return {};
}

std::vector<std::string> fetched_into(const Words& words) {
  std::vector<std::string> branches;
  const std::size_t first = words.has("--multiple --all") ? words.operands.size() : 1;
  for (std::size_t i = first; i < words.operands.size(); ++i) {
    std::string_view spec = words.operands[i].text;
    const std::size_t colon = spec.find(':');
    if (!words.operands[i].known || colon == std::string_view::npos) continue;
    const std::string to = short_branch(spec.substr(colon + 1));
    if (!to.empty()) branches.push_back(to);
  }
  return branches;
}

Push pushed(const GitWords& git, const Words& words, const Facts& facts, const std::string& current) {
  Push push;
  const bool subtree = git.verb == "subtree" || git.verb == "lfs";
  const std::size_t first = subtree ? 1 : 0;
  if (words.operands.size() > first)
    push.remote = words.operands[first];
  else if (const Value* repository = words.value("--repo"))
    push.remote = *repository;
  std::string recurse = facts.value("push.recursesubmodules");
  if (const Value* given = words.value("--recurse-submodules")) recurse = given->text;
  push.pushes_submodules = recurse == "on-demand" || recurse == "only";
  if (git.verb == "lfs") return push;
  if (words.has("--all --branches --mirror")) push.branches = facts.branches;
  const bool deletes = words.has("-d --delete");
  std::size_t specs = 0;
  for (std::size_t i = first + 1; i < words.operands.size(); ++i, ++specs) {
    const Value& spec = words.operands[i];
    if (spec.known && spec.text == "tag") {
      ++i;
      continue;
    }
    if (!spec.known && spec.text.find(':') == std::string::npos) continue;
    if (deletes)
      push.branches.push_back(short_branch(spec.text));
    else if (spec.known)
      add_destination(spec.text, facts, current, push.branches);
  }
  const std::string remote = push.remote.text.empty() ? default_remote(facts, current) : push.remote.text;
  if (specs == 0 && !words.has("--all --branches --mirror --tags") && !words.uncertain)
    add_default_push(facts, remote, current, push.branches);
  return push;
}

}  // namespace cascade::repository
