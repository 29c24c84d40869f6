(function () {
  var rows = JSON.parse(document.getElementById('rows').textContent);
  document.getElementById('count').textContent = rows.length + ' complaints';
  var list = document.getElementById('list');
  rows.forEach(function (r) {
    var tr = document.createElement('tr');
    [r.ticket, r.shop, r.text, r.refund.toFixed(2)].forEach(function (v) {
      var td = document.createElement('td');
      td.textContent = v;
      tr.appendChild(td);
    });
    tr.lastChild.className = 'amount';
    list.appendChild(tr);
  });
})();
