// What a prompt asks for, and the answer to each.
#pragma once

#include "needs/message.h"
#include "route/answer/answer.h"

namespace cascade::route {

struct AnsweredNeed {
  needs::Need need;
  std::unique_ptr<Answer> answer;
};

// One answer for a prompt that is one need, whose sign is `whole`; otherwise one for each of its needs, of which a long
// message has at most most_needs. If all of them are silent, the prompt is answered as a whole after all.
constexpr std::size_t most_needs = 8;
std::vector<AnsweredNeed> answers_to(const Tables& tables, const Query& query);

// Whether a message wants done what a user's own manifest does: what the shipped ones serve, lessons say.

// Grades the own manifests that the answers name, and takes back what they do not bear: a load becomes an offer, and a
// name goes where something else is worked on. An offer becomes a load where the act asked for is the manifest's.
void fit_to_task(const Router::State& state, const Query& query, std::vector<AnsweredNeed>& answered);

// Silences all but what is called by name where the prompt refuses every skill, and where beside the names that it
// refuses it says nothing. Returns what it refuses without a name.
struct Refusals {
  bool all = false;   // every one
  bool that = false;  // the one that was loaded last
};
Refusals obey_refusals(const Tables& tables, const Query& query, std::vector<AnsweredNeed>& answered);

// At most three manifests are loaded, called ones first, then by points beyond the mark; at most four are offered,
// first names before second ones. What the conversation has is mentioned again only if called. The ranking is left
// empty.
Routing unite(const Router::State& state, const Query& query, const std::vector<AnsweredNeed>& answered);

Match match_of(const Router::State& state, const Query& query, const Answer& answer, const Ranked& ranked);

// The ranking of all manifests for a prompt with several needs: the orders of its pieces in turn, fused with one by all
// words of the text over whole files, by reciprocal ranks. Empty: the text is one piece.
std::vector<Ranked> search_order(const Tables& tables, const Query& query);

}  // namespace cascade::route
