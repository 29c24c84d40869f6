// The guard's sentences: both places, and the command as it was probably meant.
#include "files/paths.h"
#include "git/address.h"
#include "guard/judge.h"
#include "text/ascii.h"

namespace cascade::repository {
namespace {

std::string listed(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::string place_text(const std::string& place, const std::string& branch, const std::vector<std::string>& addresses) {
  std::string text = place + " (" + (branch.empty() ? std::string("no branch") : "branch " + branch);
  if (!addresses.empty()) text += ", pushes to " + listed(addresses);
  return text + ")";
}

}  // namespace

std::string describe(const Facts& facts, const files::Tree& tree) {
  const std::string& place = facts.work_tree.empty() ? facts.common_dir : facts.work_tree;
  std::vector<std::string> addresses;
  if (has_remotes(facts)) addresses = push_addresses(facts, default_remote(facts, facts.branch), tree);
  return place_text(place, facts.branch, addresses);
}

std::string describe(const Expected& expected) {
  if (expected.common_dir.empty()) return expected.directory.empty() ? listed(expected.addresses) : expected.directory;
  const std::string& place = expected.work_tree.empty() ? expected.common_dir : expected.work_tree;
  return place_text(place, expected.branch, expected.addresses);
}

// With GIT_DIR the session's own folder may be the work tree of another repository, which is then called by its folder.
std::string Judge::wrong_place(const GitWords& git, Facts facts) const {
  const Expected* began = beginning(expectations_);
  if (began != nullptr && facts.work_tree == began->work_tree && facts.common_dir != began->common_dir)
    facts.work_tree.clear();
  const std::string& place = facts.work_tree.empty() ? facts.common_dir : facts.work_tree;
  std::string text = "`git " + git.verb + "` would write to " + describe(facts, tree_) + ". ";
  if (began == nullptr) {
    text += "It is not known where this session began, so nothing is expected to be written. ";
  } else {
    text += "This session works in " + describe(*began) + ". ";
    if (!began->work_tree.empty())
      text += "To do it there: git -C " + shell_word(began->work_tree) + " " + git.verb +
              (git.first < git.words.size() ? " " + shown(git.words, git.first) : std::string()) + ". ";
  }
  return text + "If " + place + " is intended, the user can name it in a prompt or run: cascade guard allow " +
         shell_word(place);
}

std::string Judge::wrong_address(const GitWords& git, const Words& words, const std::string& address) const {
  const Expected* began = beginning(expectations_);
  std::string text = "`" + shown(git.words) + "` would push to " + address + ". ";
  if (began != nullptr && !began->remote.empty()) {
    text +=
        "Pushes of this session go to " + (began->addresses.empty() ? began->remote : listed(began->addresses)) + ". ";
    std::string specs;
    for (std::size_t i = 1; i < words.operands.size(); ++i)
      if (words.operands[i].known) specs += " " + shell_word(words.operands[i].text);
    if (!began->work_tree.empty())
      text +=
          "To push there: git -C " + shell_word(began->work_tree) + " push " + shell_word(began->remote) + specs + ". ";
  }
  return text + "If it is intended, the user can name it in a prompt or run: cascade guard allow " +
         shell_word(address);
}

}  // namespace cascade::repository
