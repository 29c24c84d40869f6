cd ../lib && git commit -m "$(cat <<'E'
a $b `c`
E
)" | tee x; for i in a {b,c}; do [[ $i == x ]] || case $i in a|b) git push;; esac; done
