-- How many IMEIs each act put to what is said of them, less than none where it took some away: the lists are counted from it instead of
-- reading them, as of any event. White counts too, being on no list does not. Written with the act, never changed.
CREATE TABLE listing_figure (
  act bigint NOT NULL,
  list text NOT NULL CHECK (list IN ('white', 'grey', 'black')),
  reason text NOT NULL,
  since date NOT NULL,
  deadline date,
  change bigint NOT NULL
);

INSERT INTO listing_figure (act, list, reason, since, deadline, change)
  SELECT act, list, reason, since, deadline, sum(change) FROM (
    SELECT act, to_list AS list, to_reason AS reason, to_since AS since, to_deadline AS deadline, 1 AS change FROM listing_change
    UNION ALL SELECT act, from_list, from_reason, from_since, from_deadline, -1 FROM listing_change
  ) said WHERE list IN ('grey', 'black') GROUP BY act, list, reason, since, deadline HAVING sum(change) <> 0;

-- One row. White is no stored list: a database that had facts before counts it once, by the rules, and knows it from that event on.
CREATE TABLE listing_figure_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  white_from bigint
);
INSERT INTO listing_figure_state (white_from) SELECT CASE WHEN EXISTS (SELECT FROM fact) THEN NULL ELSE 0 END;
