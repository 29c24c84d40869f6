// Clouds name their operations alike: describe, list and get show something; create, update and delete change
// something.
#include <algorithm>
#include <span>

#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"

namespace cascade::evidence {
namespace {

// Compares the first part of an operation: "describe" of describe-stacks.
bool begins_with_verb(std::span<const std::string_view> verbs, std::string_view operation) {
  return std::any_of(verbs.begin(), verbs.end(), [&](std::string_view verb) {
    return operation.starts_with(verb) && (operation.size() == verb.size() || operation[verb.size()] == '-');
  });
}

bool is_stored(std::string_view place) { return place.substr(0, 5) == "s3://" || place.substr(0, 5) == "gs://"; }

void judge_storage(const Words& words, std::size_t first, std::string_view verb, std::vector<Finding>& found) {
  const auto& operands = words.operands();
  const std::string_view last = operands.size() > first ? std::string_view(operands.back()) : std::string_view();
  if (lists("ls stat cat du hash", verb)) {
    if (is_stored(last)) found.push_back(witness(words.call(), Interface::cli, std::string(last)));
  } else if (is_in(list::storage_changes, verb) && is_stored(last)) {
    // A download changes only this machine.
    if (!only_rehearses(words) && !(verb == "rsync" && words.has_letter('n')))
      found.push_back(effect(words.call(), Kind::change, std::string(last)));
  }
}

bool deploys_by_aws(std::string_view service, std::string_view operation) {
  return operation == "deploy" || (service == "cloudformation" && is_in(list::cloudformation_deploys, operation)) ||
         (service == "lambda" && is_in(list::lambda_deploys, operation)) ||
         (service == "ecs" && lists("update-service create-service", operation)) ||
         (service == "elasticbeanstalk" && is_in(list::beanstalk_deploys, operation)) ||
         is_in(list::aws_deploys, operation);
}

void judge_aws(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value("aws"));
  const std::string_view service = words.operand(0), operation = words.operand(1);
  if (lists("configure sso sts help login", service) || operation == "help" || words.has("help")) return;
  if (service == "s3") return operation == "presign" ? void() : judge_storage(words, 2, operation, found);
  if (is_in(list::aws_neither, operation)) return;
  std::string target;
  for (const std::string_view option : list::aws_targets)
    if (target.empty()) target = words.value(option);
  if (target.empty()) target = operation == "deploy" || words.operand(2).empty() ? service : words.operand(2);
  if (begins_with_verb(list::cloud_shows, operation)) {
    found.push_back(witness(call, Interface::cli, target));
  } else if (begins_with_verb(list::cloud_changes, operation) && !only_rehearses(words)) {
    found.push_back(effect(call, deploys_by_aws(service, operation) ? Kind::deploy : Kind::change, target));
  } else {
    return;
  }
  found.back().subcommand = std::string(service) + " " + std::string(operation);
}

// gcloud [alpha|beta] GROUP... VERB [NAME]: the verb is the first word that can be one.
void judge_verb_anywhere(const shell::Call& call, std::string_view idle_groups, std::string_view targets,
                         std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  const auto& operands = words.operands();
  if (operands.empty() || lists(idle_groups, operands.front())) return;
  const auto is_verb = [](const std::string& word) {
    return begins_with_verb(list::cloud_shows, word) || begins_with_verb(list::cloud_changes, word);
  };
  // The next word is a name; a group such as `run` is not the verb if another verb follows.
  auto verb = std::find_if(operands.begin() + 1, operands.end(), is_verb);
  if (verb == operands.end()) return;
  if (is_in(list::cloud_neither, *verb)) return;
  const bool builds = *verb == "submit" || *verb == "build";
  std::string target = words.value(targets);
  if (verb + 1 != operands.end() && (target.empty() || !builds)) target = *(verb + 1);
  if (call.program == "gcloud" && !builds && verb + 1 == operands.end()) target.clear();
  if (target.empty())
    for (auto word = operands.begin(); word != verb; ++word) target += (target.empty() ? "" : "/") + *word;
  if (begins_with_verb(list::cloud_shows, *verb) && *verb != "run") {
    found.push_back(witness(call, Interface::cli, target));
  } else if (!only_rehearses(words)) {
    const std::string& group = operands.front();
    const bool deploys = is_in(list::cloud_deploys, *verb) || (group == "deployment" && *verb == "create");
    const bool publishes = (group == "builds" && *verb == "submit") || (group == "acr" && *verb == "build");
    found.push_back(effect(call, publishes ? Kind::publish : deploys ? Kind::deploy : Kind::change, target));
  }
  if (!found.empty()) found.back().subcommand = operands.front() + " " + *verb;
}

void judge_gcloud(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value("gcloud"));
  const auto& operands = words.operands();
  if (operands.size() > 2 && operands[0] == "storage") return judge_storage(words, 2, operands[1], found);
  if (operands.size() > 2 && operands[0] == "compute" && (operands[1] == "ssh" || operands[1] == "scp")) {
    const Remote remote = read_remote(words.value("--command"));
    if (remote.changes || operands[1] == "scp")
      found.push_back(effect(call, Kind::change, operands.back()));
    else if (remote.shows)
      found.push_back(witness(call, Interface::cli, operands[2]));
    return;
  }
  judge_verb_anywhere(call, "auth config components init info version topic help feedback cheat-sheet docker emulators",
                      "--image --tag", found);
}

}  // namespace

bool find_cloud(const shell::Call& call, std::vector<Finding>& found) {
  const std::string& name = call.program;
  if (name == "aws" || name == "awslocal") {
    const Words words(call, options_with_value("aws"));
    if (name == "aws" && !is_own_machine(words.value("--endpoint-url"))) judge_aws(call, found);
  } else if (name == "gcloud") {
    judge_gcloud(call, found);
  } else if (name == "gsutil") {
    const Words words(call, options_with_value(name));
    judge_storage(words, 1, words.operand(0), found);
  } else if (name == "az") {
    judge_verb_anywhere(call,
                        "login logout account configure config version find extension upgrade feedback interactive",
                        "-n --name --image -r --registry -g --resource-group", found);
  } else if (name == "doctl") {
    judge_verb_anywhere(call, "auth version completion", "--spec", found);
  } else if (name == "bq") {
    const Words words(call, options_with_value(name));
    const bool writes = lists("load mk rm cp update insert", words.operand(0));
    if (writes) found.push_back(effect(call, Kind::change, std::string(words.operand(1))));
    if (lists("ls show head", words.operand(0)))
      found.push_back(witness(call, Interface::cli, std::string(words.operand(1))));
  } else {
    return false;
  }
  return true;
}

}  // namespace cascade::evidence
