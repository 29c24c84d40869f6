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

// Quotes a word only where a shell would read it differently.
std::string shell_word(const std::string& text) {
  bool plain = !text.empty();
  for (const char c : text)
    plain = plain && (letters::is_name(c) || std::string_view("./:=@%+,^~").find(c) != std::string_view::npos);
  if (plain && text.front() != '~') return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string shell_line(const std::vector<Value>& words, std::size_t first) {
  std::string line;
  for (std::size_t i = first; i < words.size(); ++i)
    line += (line.empty() ? "" : " ") + (words[i].known ? shell_word(words[i].text) : std::string("\"${_}\""));
  return line;
}

// A word is cut between two characters and quoted afterwards, so that its quotes are closed.
Shown shown(const std::vector<Value>& words, std::size_t first) {
  constexpr std::size_t longest = 300;
  std::vector<Value> kept;
  std::size_t left = longest;
  for (std::size_t i = first; i < words.size(); ++i) {
    kept.push_back(words[i]);
    std::string& text = kept.back().text;
    if (text.size() <= left) {
      left -= std::min(left, text.size() + 1);
      continue;
    }
    while (left > 0 && (static_cast<unsigned char>(text[left]) & 0xC0) == 0x80) --left;
    text.replace(left, std::string::npos, "...");
    break;
  }
  return Shown(shell_line(kept, 0));
}

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
