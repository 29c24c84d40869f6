// Messages that no manifest is wanted for: thanks, reports of what is over, definitions asked for.
#include <catch2/catch.hpp>

#include <string_view>

#include "needs/message.h"
#include "prompt/parts.h"

using namespace cascade;

namespace {

using Judge = bool (*)(const needs::Message&, const std::vector<needs::Marks>&, std::string_view);

bool holds(Judge judge, std::string_view text, std::string_view language = "en") {
  const needs::Message message(text, prompt::read_parts(text), language);
  return judge(message, needs::marks_of(message), language);
}

}  // namespace

TEST_CASE("thanks, praise and a question how somebody is ask for nothing") {
  for (const char* const text :
       {"great work, thank you", "thanks, that was great. how was your weekend?", "thanks, that looks great!",
        "good job!", "nice work, thanks a lot", "thanks, the deploy worked", "well done everyone",
        "Perfect! how are you doing?", "thank you so much for all the help", "cheers mate",
        "thanks! the deploy worked. see you tomorrow!", "great, the build is green and the client is happy"}) {
    CAPTURE(text);
    CHECK(holds(needs::is_thanks, text));
  }
  CHECK(holds(needs::is_thanks, "super, danke! wie war dein Wochenende?", "de"));
  CHECK(holds(needs::is_thanks, "merci, le déploiement est terminé. bonne soirée !", "fr"));
  for (const char* const text :
       {"great, now write a dockerfile", "thanks, the deploy failed again", "thanks! why is the build slow?",
        "great, a helm chart for the api", "nice work on the importer, please review the exporter",
        "perfect pixel layout for the header", "thanks. next: the login test"}) {
    CAPTURE(text);
    CHECK_FALSE(holds(needs::is_thanks, text));
  }
}

TEST_CASE("thanks reach their own sentence, and no further than what it goes on to") {
  for (const char* const text :
       {"great work. the coupon can be redeemed only once but a clever guy opened two browsers",
        "thanks, the deploy worked! next: a REST endpoint for invoices with tests",
        "great, that worked, now the REST endpoint for invoices", "thanks, but the coupon page takes ages to load now",
        "perfect, that did it. post edit hook that runs eslint on the changed file only",
        "thanks, the form is done, nobody wrote the docs for it",
        "thanks! the customer has already paid but the reminders go out every morning"}) {
    CAPTURE(text);
    CHECK_FALSE(holds(needs::is_thanks, text));
  }
  CHECK_FALSE(holds(needs::is_thanks, "super, das hat geklappt. die Branch-Liste liest keiner mehr", "de"));
  CHECK_FALSE(holds(needs::is_thanks, "merci, super boulot ! la page met dix secondes à charger", "fr"));
  CHECK_FALSE(holds(needs::is_thanks, "genial, gracias. el pago llega dos veces al banco", "es"));
}

TEST_CASE("nothing to do holds back no order of a later sentence") {
  for (const char* const text :
       {"For the CI there is no action needed, ops replaces the runner. Write a Dockerfile for the new service.",
        "I just wanted to say that the importer works. Now write a Dockerfile for the new service."}) {
    CAPTURE(text);
    CHECK(holds(needs::asks_for_anything, text));
  }
  CHECK(holds(needs::asks_for_anything, "Für die CI gibt es nichts zu tun. Schreib ein Dockerfile für den Dienst.",
              "de"));
  for (const char* const text :
       {"Just thinking out loud: the importer works, take the runner of last week, plan it in May.",
        "Just wanted to tell you that the Dockerfile has a health check. Take the first and go home early."}) {
    CAPTURE(text);
    CHECK_FALSE(holds(needs::asks_for_anything, text));
  }
}

TEST_CASE("what was read, when people meet and what is long over is a report, what fails now is none") {
  for (const char* const text :
       {"I was reading about Stripe and Terraform on the train today", "I read about Kubernetes yesterday",
        "we heard about feature flags at the meetup", "she watched a talk about canary rollouts",
        "our meeting about the GDPR is at three o'clock", "the workshop on Terraform was yesterday",
        "the call about the outage is tomorrow", "we had a memory leak last year", "we used Helm years ago",
        "thanks! I read about Kubernetes yesterday"}) {
    CAPTURE(text);
    CHECK(holds(needs::is_mere_report, text));
  }
  for (const char* const text :
       {"the build broke yesterday after the merge", "I read about canary releases, can we do that for search?",
        "I was reading about sha1 and our passwords are hashed with it", "our login test failed again yesterday",
        "the standup bot is broken", "nobody has restored a backup since last year",
        "we have a memory leak since last week", "I read about feature flags. add one to the checkout",
        "the interview page is slow today", "we had the staging key in git and it was pushed"}) {
    CAPTURE(text);
    CHECK_FALSE(holds(needs::is_mere_report, text));
  }
}

TEST_CASE("what a word means is a definition, what is so here is a question") {
  for (const char* const text :
       {"what is a Helm chart?", "what is WCAG?", "whats an ADR", "what's idempotency?", "what does idempotent mean?",
        "what does WCAG stand for?", "what are feature flags?"}) {
    CAPTURE(text);
    CHECK(holds(needs::asks_for_definition, text));
  }
  for (const char* const text :
       {"what is wrong with our Helm chart?", "what is the best way to write a Helm chart?", "what is slow in our CI?",
        "what is our deploy process?", "what is missing?", "what is next?", "what is a good commit message?",
        "what is app.py?", "what does this function mean?", "what is a Helm chart, and write one for the api"}) {
    CAPTURE(text);
    CHECK_FALSE(holds(needs::asks_for_definition, text));
  }
}
