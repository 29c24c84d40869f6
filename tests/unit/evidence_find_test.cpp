#include <catch2/catch.hpp>

#include "unit/evidence_calls.h"

using namespace cascade;
using namespace cascade::evidence;

TEST_CASE("verbs tell what a program does, and a rehearsal does nothing") {
  CHECK(found(bash("git push")) == "push origin");
  CHECK(found(bash("git -C ../lib push upstream HEAD")) == "push upstream");
  CHECK(found(bash("git push -n")) == "");
  CHECK(found(bash("git push --dry-run origin main")) == "");
  CHECK(found(bash("kubectl -n shop set image deployment/web app=x:2")) == "deploy deployment/web");
  CHECK(found(bash("kubectl apply -k overlays/prod --dry-run=none")) == "deploy overlays/prod");
  CHECK(found(bash("kubectl apply -f k8s/ --dry-run=server")) == "");
  CHECK(found(bash("kubectl --context kind-dev apply -f k8s/")) == "");
  CHECK(found(bash("kubectl exec web-1 -- cat /etc/version", "2")) == "cli web-1");
  CHECK(found(bash("kubectl exec web-1 -- rm /data/x")) == "change web-1");
  CHECK(found(bash("fly ssh console -a shop -C 'rm /data/x'")) == "change shop");
  CHECK(found(bash("npx --yes wrangler@3 deploy")) == "deploy wrangler");
  CHECK(found(bash("python -m twine upload -r testpypi dist/*")) == "publish testpypi");
  CHECK(found(bash("./gradlew clean publish")) == "publish gradle");
  CHECK(found(bash("helm upgrade --install web ./chart -n shop")) == "deploy web");
  CHECK(found(bash("docker build -t a . && docker push a")) == "publish a");
}

TEST_CASE("what found nothing to do has no effect") {
  const std::string idle = "Everything up-to-date\n";
  CHECK(found(bash("git push", idle)) == "");
  CHECK(found(bash("git push origin main 2>&1 | tail -1", idle)) == "");
  CHECK(found(bash("git push && git push --tags", idle + idle)) == "");
  CHECK(found(bash("for r in origin mirror; do git push $r; done", idle + idle)) == "");
  CHECK(found(bash("git -C ../lib push && git tag -l", idle + "v1\n")) == "");
  CHECK(found(bash("git subtree push --prefix docs origin pages", idle)) == "");
  CHECK(found(bash("hg push", "searching for changes\nno changes found\n")) == "");
  CHECK(found(bash("terraform apply -auto-approve", "Apply complete! Resources: 0 added, 0 changed, 0 destroyed.")) ==
        "");
  // One of two did something, and it is not known which.
  CHECK(found(bash("git push && git push --tags", "To a.example:b\n   1..2  main -> main\n" + idle)) == "push origin");
  CHECK(found(bash("git push; npm publish", idle + "+ acme@1.0.0")) == "publish acme@1.0.0");
  // What the line prints itself proves nothing.
  CHECK(found(bash("git push -q; echo Everything up-to-date", idle)) == "push origin");
  CHECK(found(bash("git push", "To a.example:b\n   1..2  main -> main\n")) == "push origin");
}

TEST_CASE("requests count by their method, given or implied") {
  CHECK(found(bash("curl https://a.example/x", "x")) == "http https://a.example/x");
  CHECK(found(bash("curl -G -d q=1 https://a.example/x", "x")) == "http https://a.example/x");
  CHECK(found(bash("curl -sSd a=1 https://a.example/x", "x")) == "change https://a.example/x");
  CHECK(found(bash("curl -X PUT localhost:9200/i", "x")) == "");
  CHECK(found(bash("lynx -dump https://a.example/x", "x")) == "http https://a.example/x");
  CHECK(found(bash("http PATCH a.example/x y=1")) == "change a.example/x");
  CHECK(found(bash("http a.example/x q==1", "x")) == "http a.example/x");
  CHECK(found(bash("gh api -X DELETE repos/a/b/git/refs/heads/x")) == "change repos/a/b/git/refs/heads/x");
  CHECK(found(bash("gh api graphql -f query='{ viewer { login } }'", "{}")) == "cli graphql");
  CHECK(found(bash("curl -sf -X POST https://a.example/x -d 1 -i", "HTTP/1.1 422 Unprocessable")) == "");
}

TEST_CASE("waiting for a page shows it, and what is not known of an address is left out") {
  CHECK(found(bash("until curl -fs https://a.example/ > /dev/null; do sleep 2; done")) == "http https://a.example/");
  CHECK(found(bash("test \"$(curl -s https://a.example/v)\" = 2 && echo same", "same")) == "http https://a.example/v");
  CHECK(found(bash("curl -s \"$URL/health\"", "ok")) == "http /health");
  CHECK(found(bash("export PATH=$PATH:/opt/x; npm view a version", "1")) == "cli a");
}

TEST_CASE("what runs elsewhere is read there") {
  CHECK(found(bash("ssh -L 8080:localhost:80 web1 -N")) == "");
  CHECK(found(bash("ssh web1 'systemctl is-active app'", "active")) == "cli web1");
  CHECK(found(bash("ssh -p 22 deploy@web1 sudo systemctl restart app")) == "change deploy@web1");
  CHECK(found(bash("ssh web1 'cat VERSION > /tmp/x'")) == "change web1");
  CHECK(found(bash("ssh web1")) == "");
  CHECK(found(bash("ssh localhost reboot")) == "");
  CHECK(found(bash("rsync -a dist/ web1:/srv")) == "deploy web1:/srv");
  CHECK(found(bash("rsync -a web1:/srv/ backup/")) == "");
  CHECK(found(bash("scp app.tgz web1:")) == "change web1:");
}

TEST_CASE("statements tell what a database client does") {
  CHECK(found(bash("psql -h db.example.com -d shop -c 'select count(*) from t'", "3")) == "cli shop");
  CHECK(found(bash("psql -h db.example.com -d shop -c 'select 1'", "1")) == "");
  CHECK(found(bash("psql postgres://u@db.example.com/shop -c 'delete from t'")) == "change shop");
  CHECK(found(bash("psql -h localhost -c 'drop table t'")) == "");
  CHECK(found(bash("php artisan migrate --force")) == "change artisan");
  CHECK(found(bash("php artisan --env production migrate")) == "change artisan");
  CHECK(found(bash("php artisan doctrine:migrations:migrate")) == "change artisan");
  CHECK(found(bash("php artisan migrate --pretend")) == "");
  CHECK(found(bash("php bin/console doctrine:migrations:status", "3 new")) == "cli bin/console");
  CHECK(found(bash("bq load shop.orders rows.csv")) == "change shop.orders");
  CHECK(found(bash("pg_restore -h db.example.com -d shop dump")) == "change db.example.com");
  CHECK(found(bash("pg_restore -h db.example.com -l dump")) == "");
  CHECK(found(bash("dropdb -h localhost shop")) == "");
  CHECK(found(bash("mysqladmin -h db.example.com drop shop")) == "change db.example.com");
  CHECK(found(bash("mysqladmin -h db.example.com status", "Uptime: 1")) == "");
  CHECK(found(bash("psql -h db.example.com -c 'begin; delete from t; rollback'")) == "");
  CHECK(found(bash("redis-cli -h c1 get k", "v")) == "cli c1");
  CHECK(found(bash("psql -h db.example.com shop < m.sql")) == "change shop");
  CHECK(found(bash("sqlite3 x.db 'drop table t'")) == "");
}

TEST_CASE("what a cloud's program does stands in its operation") {
  CHECK(found(bash("aws s3 cp dist/ s3://shop-assets --recursive")) == "change s3://shop-assets");
  CHECK(found(bash("aws s3 cp s3://shop-assets/logo.png .")) == "");  // a download changes only this machine
  CHECK(found(bash("aws s3 sync dist s3://shop-assets --dryrun")) == "");
  CHECK(found(bash("aws s3 ls s3://shop-assets", "logo.png")) == "cli s3://shop-assets");
  CHECK(found(bash("aws s3 presign s3://shop-assets/logo.png", "https://x")) == "");
  CHECK(found(bash("aws sts get-caller-identity", "{}")) == "");
  CHECK(found(bash("aws ecr get-login-password", "x")) == "");
  CHECK(found(bash("aws ec2 describe-instances --instance-ids i-1", "{}")) == "cli i-1");
  CHECK(found(bash("aws ec2 terminate-instances --instance-ids i-1")) == "change i-1");
  CHECK(found(bash("aws ec2 terminate-instances --instance-ids i-1 --dry-run")) == "");
  CHECK(found(bash("aws lambda update-function-code --function-name f --zip-file fileb://f.zip")) == "deploy f");
  CHECK(found(bash("aws lambda update-function-configuration --function-name f --timeout 9")) == "change f");
  CHECK(found(bash("aws cloudformation deploy --template-file t.yml --stack-name shop")) == "deploy shop");
  CHECK(found(bash("aws ecs update-service --cluster c --service web --force-new-deployment")) == "deploy web");
  CHECK(found(bash("aws --endpoint-url http://localhost:4566 s3 rb s3://b")) == "");
  CHECK(found(bash("awslocal s3 rb s3://b")) == "");
  CHECK(found(bash("gcloud run deploy web --image gcr.io/p/web")) == "deploy web");
  CHECK(found(bash("gcloud run services describe web", "url: x")) == "cli web");
  CHECK(found(bash("gcloud builds submit --tag gcr.io/p/web .")) == "publish gcr.io/p/web");
  CHECK(found(bash("gcloud container clusters get-credentials c")) == "");
  CHECK(found(bash("gcloud auth login")) == "");
  CHECK(found(bash("gcloud compute ssh vm-1 --command 'systemctl restart app'")) == "change vm-1");
  CHECK(found(bash("gcloud compute ssh vm-1 --command 'systemctl status app'", "active")) == "cli vm-1");
  CHECK(found(bash("gcloud storage cp app.tgz gs://shop/app.tgz")) == "change gs://shop/app.tgz");
  CHECK(found(bash("gsutil -m rsync -r -n dist gs://shop")) == "");
  CHECK(found(bash("gsutil -m rsync -r dist gs://shop")) == "change gs://shop");
  CHECK(found(bash("az webapp restart --name shop --resource-group rg")) == "change shop");
  CHECK(found(bash("az webapp show --name shop --resource-group rg", "{}")) == "cli shop");
  CHECK(found(bash("az login")) == "");
  CHECK(found(bash("az account set --subscription prod")) == "");
  CHECK(found(bash("az account show", "{}")) == "");
  CHECK(found(bash("doctl apps create-deployment 4a6")) == "deploy 4a6");
  CHECK(found(bash("bq rm -f shop.orders")) == "change shop.orders");
  CHECK(found(bash("bq show shop.orders", "{}")) == "cli shop.orders");
}

TEST_CASE("containers count on another machine or from a production file") {
  CHECK(found(bash("docker compose up -d")) == "");
  CHECK(found(bash("docker compose -f docker-compose.prod.yml up -d")) == "deploy docker-compose.prod.yml");
  CHECK(found(bash("docker-compose -f docker-compose.prod.yml ps", "web")) == "cli docker-compose.prod.yml");
  CHECK(found(bash("docker --context shop restart web")) == "deploy web");
  CHECK(found(bash("DOCKER_HOST=ssh://shop docker rm -f web")) == "change web");
  CHECK(found(bash("DOCKER_HOST=unix:///run/docker.sock docker rm -f web")) == "");
  CHECK(found(bash("docker -H tcp://10.0.0.7:2375 logs web", "up")) == "cli web");
  CHECK(found(bash("docker rm -f web")) == "");
}

TEST_CASE("wget asks, posts or only looks") {
  CHECK(found(bash("wget -qO- https://a.example/x", "x")) == "http https://a.example/x");
  CHECK(found(bash("wget -q -O - https://a.example/x", "x")) == "http https://a.example/x");
  CHECK(found(bash("wget --spider https://a.example/x", "200 OK")) == "http https://a.example/x");
  CHECK(found(bash("wget --post-data=a=1 -qO- https://a.example/x", "ok")) == "change https://a.example/x");
  CHECK(found(bash("wget --method=DELETE -qO- https://a.example/x", "ok")) == "change https://a.example/x");
  CHECK(found(bash("wget https://a.example/app.tgz")) == "");  // what was saved has not been looked at
}

TEST_CASE("ansible acts on hosts by a module") {
  CHECK(found(bash("ansible web -m ping", "pong")) == "cli web");
  CHECK(found(bash("ansible web -m ansible.builtin.setup", "{}")) == "cli web");
  CHECK(found(bash("ansible web -a 'uptime'", "up")) == "cli web");
  CHECK(found(bash("ansible web -m shell -a 'systemctl restart app'")) == "change web");
  CHECK(found(bash("ansible web -b -m copy -a 'src=a dest=/etc/a'")) == "change web");
  CHECK(found(bash("ansible web -m copy -a 'src=a dest=/etc/a' --check")) == "");
  CHECK(found(bash("ansible localhost -m copy -a 'src=a dest=/etc/a'")) == "");
}

TEST_CASE("copies to named stores, and scripts of a document database") {
  CHECK(found(bash("rclone copy dist store:shop")) == "change store:shop");
  CHECK(found(bash("rclone sync -n dist store:shop")) == "");
  CHECK(found(bash("rclone copy store:shop dist")) == "");
  CHECK(found(bash("rclone ls store:shop", "1 a")) == "cli store:shop");
  CHECK(found(bash("mongosh mongodb://db.example.com/shop --eval 'db.orders.countDocuments()'", "3")) == "cli shop");
  CHECK(found(bash("mongosh mongodb://db.example.com/shop --eval 'db.orders.deleteMany({})'")) == "change shop");
  CHECK(found(bash("mongosh mongodb://localhost/shop --eval 'db.orders.drop()'")) == "");
}

TEST_CASE("what failed is neither, unless something behind it did") {
  CHECK(found(bash("git push", "rejected", 1)) == "");
  CHECK(found(bash("git push 2>&1 | tail -3", " ! [rejected] main\nerror: failed to push")) == "");
  CHECK(found(bash("git push && npm test", "1 failing", 1)) == "push origin");
  CHECK(found(bash("npm test && git push", "1 failing", 1)) == "");
  CHECK(found(bash("git push; npm test", "1 failing", 1)) == "push origin");
  CHECK(found(bash("git push || true")) == "push origin");
}

TEST_CASE("names of MCP tools tell, where their server is outside") {
  CHECK(found(tool_call("mcp__github__create_issue", "{\"owner\":\"a\",\"repo\":\"b\",\"title\":\"t\"}", "\"\"")) ==
        "change a/b");
  CHECK(found(tool_call("mcp__github__list_issues", "{\"owner\":\"a\"}", "\"\"")) == "");
  CHECK(found(tool_call("mcp__linear__get_issue", "{\"id\":\"A-1\"}", "\"\"")) == "http A-1");
  CHECK(found(tool_call("mcp__fetch__fetch", "{\"url\":\"https://a.example/\"}", "\"\"")) == "http https://a.example/");
  CHECK(found(tool_call("mcp__postgres__query", "{\"sql\":\"update users set a=1\"}", "\"\"")) == "change users");
  CHECK(found(tool_call("mcp__postgres__query", "{\"sql\":\"select 1\"}", "\"\"")) == "");
  CHECK(found(tool_call("mcp__filesystem__create_directory", "{\"path\":\"x\"}", "\"\"")) == "");
  CHECK(found(browser("browser_navigate", "{\"url\":\"https://a.example/\"}", "Page URL: https://a.example/")) ==
        "browser https://a.example/");
}

TEST_CASE("rules of one's own come first") {
  OwnRule ship{{"./ship.sh", "*prod*"}, {}, OwnRule::What::effect, evidence::Kind::deploy, Interface::cli,
               "https://a.example"};
  OwnRule docs{{"make", "deploy-docs"}, {}, OwnRule::What::nothing, evidence::Kind::change, Interface::cli, ""};
  const ToolCall call = bash("./ship.sh --to production"), quiet = bash("make deploy-docs");
  CHECK(find(call, read_deed(call), {ship}).size() == 1);
  CHECK(find(call, read_deed(call), {}).empty());
  CHECK(find(quiet, read_deed(quiet), {}).size() == 1);
  CHECK(find(quiet, read_deed(quiet), {docs}).empty());
}

TEST_CASE("an admission is a word of doubt about looking") {
  for (const char* message :
       {"I have not verified that the remote has it.", "It's unverified.", "I couldn’t confirm it.", "Not yet checked.",
        "This still needs to be verified.", "Deployed, without checking the page.", "I have not tested the deployment.",
        "The release is untested.", "Verification is pending.", "Das ist nicht überprüft."})
    CHECK(admits(message));
  for (const char* message :
       {"Deployed.", "It is verified.", "I verified it; nothing is broken.", "Not only deployed but verified.",
        "I did not change the API and verified the page.", "No errors. Verified.", "Please check it out!",
        "There is no need to check.", "It is no longer possible to miss it: verified.",
        "Nothing is left unverified; no unverified step remains.", ""})
    CHECK_FALSE(admits(message));
}

TEST_CASE("an admission is understood in the languages that prompts are understood in") {
  for (const char* message : {"Deployt. Ob die Seite läuft, habe ich nicht nachgesehen.",
                              "Das Deployment habe ich noch nicht kontrolliert.",
                              "C'est déployé, mais je n'ai pas encore vérifié la page.",
                              "Déployé sans vérifier le résultat.",
                              "Je n'ai pas pu confirmer que le site répond.",
                              "Está desplegado, pero no he verificado la página.",
                              "Aún no se ha comprobado en producción.",
                              "Lo publiqué sin revisar el registro.",
                              "Ho fatto il deploy ma non ho ancora verificato il sito.",
                              "Pubblicato senza controllare la pagina.",
                              "Fiz o deploy, mas ainda não verifiquei a página.",
                              "Publicado sem conferir o registro.",
                              "已部署，但我还没有验证线上页面。",
                              "部署完成。尚未确认网站是否正常。",
                              "无法验证生产环境。",
                              "結果は未確認です。",
                              "デプロイしましたが、本番ページはまだ確認していません。",
                              "公開しましたが検証できていません。",
                              "배포했지만 아직 페이지를 확인하지 못했습니다.",
                              "검증하지 않았습니다.",
                              "Wdrożone, ale nie sprawdziłem strony.",
                              "Задеплоил, но страницу ещё не проверил."}) {
    INFO(message);
    CHECK(admits(message));
  }
  for (const char* message :
       {"Deployt und geprüft.", "C'est déployé et vérifié.", "Pas d'erreur. Vérifié.", "No hay errores, verificado.",
        "Desplegado y comprobado.", "Pubblicato e verificato: nessun errore.", "Publicado e verificado.",
        "没有问题，已经验证。", "部署完成并已确认。", "无需再确认。", "不需要验证。",
        "デプロイして確認しました。問題ありません。", "確認済みです。", "배포하고 확인했습니다.", "Sprawdzone, działa.",
        "Проверил, работает."}) {
    INFO(message);
    CHECK_FALSE(admits(message));
  }
}

TEST_CASE("an end is honest if it says that looking failed, is needed, is left to somebody, or that nobody knows") {
  for (const char* message : {"Ich konnte die Seite von hier aus nicht aufrufen.",
                              "Die Veröffentlichung muss noch überprüft werden.",
                              "Bitte prüfe selbst, ob die Version erschienen ist.",
                              "Kontrolle steht noch aus.",
                              "Eine Überprüfung habe ich nicht durchgeführt.",
                              "Deployment läuft; ob der Server es hat, weiß ich nicht.",
                              "Falta comprobar que esté en el registro.",
                              "Todavía no he mirado si la página carga.",
                              "No pude acceder al sitio.",
                              "Queda pendiente verificar el despliegue.",
                              "No sé si el servidor ya sirve la versión nueva.",
                              "Reste à vérifier que le service tourne.",
                              "J'ignore si le déploiement est arrivé.",
                              "Resta da verificare la pubblicazione.",
                              "Il deploy è partito, ma non so se sia andato a buon fine.",
                              "Non sono riuscito a raggiungere il sito.",
                              "La comprobación del sitio no se ha hecho.",
                              "La vérification de la page reste à faire.",
                              "Verifica del sito: non ancora fatta.",
                              "A verificação do site está pendente.",
                              "Não olhei se o serviço subiu.",
                              "已发布，是否生效还不清楚。",
                              "还需要检查页面是否正常。",
                              "上线结果有待验证。",
                              "请自行确认页面。",
                              "本番の動作確認はこれからです。",
                              "反映されたかどうかは分かりません。",
                              "I do not know whether the pipeline went through.",
                              "Nobody has looked at whether the pods came up yet.",
                              "I had no way to check from here that it answers.",
                              "Ob die Pods hochkommen, müsstest du bitte nachsehen.",
                              "Es gab keine Möglichkeit, das zu überprüfen.",
                              "Je n'ai pas regardé si les pods ont démarré.",
                              "Impossible de vérifier d'ici qu'il répond.",
                              "Please confirm on your side that it is live."}) {
    INFO(message);
    CHECK(admits(message));
  }
  for (const char* message :
       {"Es gab keine Probleme, die Version ist veröffentlicht.", "Ich habe geprüft, dass nichts fehlt.",
        "Es muss nichts mehr geprüft werden.", "No hubo problemas con el despliegue.", "No hace falta verificar nada.",
        "Pas de problème, la version est en ligne.", "Non ci sono problemi, tutto in produzione.",
        "Die alten Prüfungen waren nicht vollständig, das ist behoben.", "Pronto, a página está no ar.",
        "没有发现错误，已确认上线。", "エラーはありませんでした。",
        "The verification did not find any problems with the live site.", "I verified that the page does not error.",
        "I do not know whether you want docs too.", "Please check the live site and tell me what you think.",
        "It need not be verified.", "The token was not valid, so I renewed it."}) {
    INFO(message);
    CHECK_FALSE(admits(message));
  }
}

TEST_CASE("code that asks for a page and prints is a look") {
  CHECK(found(bash("python3 -c 'import urllib.request as u; print(u.urlopen(\"https://a.example/v\").status)'",
                   "200\n")) == "http https://a.example/v");
  CHECK(found(bash("node -e 'fetch(\"https://a.example\").then(r => console.log(r.status))'", "200\n")) ==
        "http https://a.example");
  CHECK(found(bash("ruby -ropen-uri -e 'puts URI.open(\"https://a.example\").status'", "200\nOK\n")) ==
        "http https://a.example");
  CHECK(found(bash("npx playwright screenshot https://a.example page.png", "Capturing screenshot into page.png\n")) ==
        "browser https://a.example");
  CHECK(found(bash("python3 -c 'print(\"https://a.example\")'", "https://a.example\n")).empty());
  CHECK(found(bash("node -e 'fetch(\"https://a.example\")'")).empty());
  CHECK(found(bash("python3 -c 'import urllib.request as u; print(u.urlopen(\"http://localhost:3000\").status)'",
                   "200\n"))
            .empty());
  CHECK(found(bash("node -e 'fetch(\"https://a.example\").then(r => console.log(r.status))'", "404\n")).empty());
  CHECK(found(bash("php -r 'echo file_get_contents(\"https://a.example\");'", "<html>")) == "http https://a.example");
  CHECK(found(bash("npx lighthouse https://a.example --quiet", "{}")) == "browser https://a.example");
}

TEST_CASE("code that sends is an effect") {
  CHECK(found(bash("node -e 'fetch(\"https://a.example\", {method: \"POST\"}).then(console.log)'", "1\n")) ==
        "change https://a.example");
  CHECK(found(bash("python3 - <<'EOF'\nimport httpx\nprint(httpx.delete(\"https://a.example/7\").status_code)\nEOF",
                   "204")) == "change https://a.example/7");
  CHECK(found(bash("ruby -rnet/http -e 'puts Net::HTTP.post(URI(\"https://a.example\"), \"{}\").code'", "201")) ==
        "change https://a.example");
  CHECK(found(bash("python3 -c 'import requests; requests.post(\"http://localhost:3000\")'")).empty());
  CHECK(found(bash("python3 -c 'import json; json.dump({\"url\": \"https://a.example\", \"method\": \"post\"}, f)'"))
            .empty());
  CHECK(found(bash("python3 -c 'import requests; data=requests.get(\"https://a.example\").json(); print(data)'", "{}"))
            .empty());
}

TEST_CASE("a project's scripts that deploy or release are run by many programs") {
  for (const char* line : {"bun run deploy", "deno task deploy", "mise run deploy", "fab -H web1 deploy",
                           "php vendor/bin/dep deploy production", "make -s deploy"}) {
    INFO(line);
    CHECK(found(bash(line, "ok")).substr(0, 7) == "deploy ");
  }
  for (const char* line :
       {"npm run release", "node scripts/release.js", "inv release", "bundle exec rake release", "nox -s release"}) {
    INFO(line);
    CHECK(found(bash(line, "ok")).substr(0, 8) == "publish ");
  }
  for (const char* line :
       {"make release", "npm run release:notes", "bun run build", "deno task test", "cat deploy.sh"}) {
    INFO(line);
    CHECK(found(bash(line, "ok")).empty());
  }
}

TEST_CASE("a prediction raises a level, or takes it away") {
  const auto event = [](Event::What what, std::uint64_t id, const Finding& finding) {
    Event made;
    made.what = what;
    made.id = id;
    made.finding = finding;
    return made;
  };
  const Finding deploy = find(bash("vercel --prod", "Production: https://shop.vercel.app")).at(0);
  const Finding look = find(bash("curl -s https://shop.vercel.app", "v")).at(0);
  Finding expected;
  expected.target = "https://shop.vercel.app/";
  std::vector<Event> events = {event(Event::What::prediction, 1, expected), event(Event::What::witness, 2, look),
                               event(Event::What::effect, 3, deploy), event(Event::What::witness, 4, look)};
  CHECK(assess(events).at(0).level == 2);
  events[1].predictions = {{1, false}};
  events[3].predictions = {{1, true}};
  CHECK(assess(events).at(0).level == 3);
  events[3].predictions = {{1, false}};
  CHECK(assess(events).at(0).level == 0);
  events[1].predictions = {};
  events[3].predictions = {{1, true}};
  CHECK(assess(events).at(0).level == 2);  // never seen false
}
