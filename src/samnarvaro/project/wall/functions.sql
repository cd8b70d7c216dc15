-- What a signed token opens, looked up in the rows as they are now. Run as the role that owns the
-- wall; nobody signs in as it, and none of the others may become it.
--
-- A token is: kind | viewer | staff | zone | role | day | at | expires | purpose | mark. The mark is
-- HMAC-SHA-256, put together of what every PostgreSQL has.

CREATE OR REPLACE FUNCTION wall.told() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  token text := current_setting('app.token', true);
  said text;
  parts text[];
  half record;
BEGIN
  IF coalesce(token, '') = '' THEN
    RETURN NULL;
  END IF;
  said := left(token, -65);
  SELECT within, around INTO half FROM wall.key;
  IF right(token, 65) IS DISTINCT FROM
     '|' || encode(sha256(half.around || sha256(half.within || convert_to(said, 'UTF8'))), 'hex') THEN
    RETURN NULL;
  END IF;
  parts := string_to_array(said, '|');
  IF array_length(parts, 1) <> 9 OR parts[8]::bigint < extract(epoch FROM clock_timestamp()) THEN
    RETURN NULL;
  END IF;
  RETURN parts;
END $body$;

CREATE OR REPLACE FUNCTION wall.app_is_system() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT coalesce((wall.told())[1] = 'system', false);
$body$;

-- The viewer's token, while its person is at work: account open, and a duty of that role in that zone.
CREATE OR REPLACE FUNCTION wall.viewer() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  parts text[] := wall.told();
BEGIN
  IF parts IS NULL OR parts[1] <> 'viewer' THEN
    RETURN NULL;
  END IF;
  PERFORM 1
    FROM public.people_duty d
    JOIN public.people_staff s ON s.id = d.staff_id
    JOIN public.people_account a ON a.id = s.account_id
    JOIN public.organisation_unit u ON u.id = d.unit_id
    JOIN public.organisation_agency g ON g.id = u.agency_id
   WHERE s.id = parts[3]::bigint AND a.public = parts[2]::uuid AND a.is_active
     AND g.zone = parts[4] AND d.role = parts[5] AND d.first_day <= parts[6]::date
     AND (d.last_day IS NULL OR d.last_day >= parts[6]::date);
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN parts;
END $body$;

CREATE OR REPLACE FUNCTION wall.app_zone() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT (wall.viewer())[4];
$body$;

CREATE OR REPLACE FUNCTION wall.app_staff() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT (wall.viewer())[3]::bigint;
$body$;

CREATE OR REPLACE FUNCTION wall.app_account() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT (wall.viewer())[2];
$body$;

-- Which pupils' (ids) rows of all these data classes (with commas between) are open to the viewer.
--
--   own zone   who is enrolled on the day at a unit where the viewer has a duty in a school zone
--   handler    who is protected and has the viewer among its named handlers; nothing else opens it
--   relation   of the viewer, in its zone: what its branch reads of a matter of its own, and what
--              a consent that is given and in force lists; a glass that is not closed is a relation
--
-- 'own' is no class: it asks for those with whom the viewer has any tie of its own.
CREATE OR REPLACE FUNCTION wall.app_visible(classes text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  viewer text[] := wall.viewer();
  wanted text[] := string_to_array(classes, ',');
  branch text;
  of_a_case text[];
  day date;
  found bigint[];
BEGIN
  IF viewer IS NULL THEN
    RETURN '{}';
  END IF;
  day := viewer[6]::date;
  branch := split_part(viewer[4], ':', 1);
  of_a_case := CASE branch
    WHEN 'school' THEN wanted
    WHEN 'student_health' THEN ARRAY['K0', 'K1', 'K2', 'K3', 'K7', 'K12']
    ELSE ARRAY['K0', 'K8', 'K9', 'K12']
  END;
  WITH mine AS (
    SELECT r.pupil_id, r.kind = 'glass' AS glass
      FROM public.consents_relation r
      JOIN public.people_pupil q ON q.id = r.pupil_id AND q.protection = 0
     WHERE r.staff_id = viewer[3]::bigint AND r.zone = viewer[4] AND r.ended_at IS NULL
       AND r.first_day <= day AND r.last_day >= day
       AND (r.kind <> 'glass' OR r.closes_at > viewer[7]::timestamptz)
  ),
  opened AS (
    SELECT e.pupil_id
      FROM public.people_enrolment e
      JOIN public.people_pupil q ON q.id = e.pupil_id AND q.protection = 0
     WHERE branch = 'school' AND e.first_day <= day AND (e.last_day IS NULL OR e.last_day >= day)
       AND e.unit_id IN (
         SELECT d.unit_id
           FROM public.people_duty d
           JOIN public.organisation_unit u ON u.id = d.unit_id
           JOIN public.organisation_agency g ON g.id = u.agency_id
          WHERE d.staff_id = viewer[3]::bigint AND g.zone = viewer[4] AND d.first_day <= day
            AND (d.last_day IS NULL OR d.last_day >= day))
    UNION
    SELECT h.pupil_id
      FROM public.people_namedhandler h
      JOIN public.people_pupil q ON q.id = h.pupil_id AND q.protection > 0
     WHERE h.staff_id = viewer[3]::bigint AND h.first_day <= day
       AND (h.last_day IS NULL OR h.last_day >= day)
    UNION
    SELECT m.pupil_id
      FROM mine m
     WHERE classes = 'own' OR NOT EXISTS (
       SELECT 1 FROM unnest(wanted) AS w(class)
        WHERE NOT (NOT m.glass AND w.class = ANY (of_a_case))
          AND NOT (NOT m.glass AND wall.gives_by_case(viewer[4], viewer[5], w.class))
          AND NOT (m.glass AND branch = 'school' AND w.class IN ('K1', 'K3', 'K10'))
          AND NOT EXISTS (
            SELECT 1
              FROM public.consents_consent c
              JOIN public.consents_consentclass k ON k.consent_id = c.id AND k.data_class = w.class
             WHERE c.pupil_id = m.pupil_id AND c.to_zone = viewer[4] AND c.state = 'given'
               AND c.valid_from <= day AND c.valid_to >= day))
  )
  SELECT array_agg(pupil_id) INTO found FROM opened;
  RETURN coalesce(found, '{}');
END $body$;

-- Whether a zone's own table of rights, as it has been changed, gives a role a class by a case.
CREATE OR REPLACE FUNCTION wall.gives_by_case(zone text, role text, class text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT coalesce((
    SELECT c.gives FROM public.consents_policychange c
     WHERE c.zone = $1 AND c.role = $2 AND c.data_class = $3 AND c.way = 'case'
     ORDER BY c.id DESC LIMIT 1), false);
$body$;

-- Whether the viewer works in a school's zone: for rows about a class or a school, and deliveries.
CREATE OR REPLACE FUNCTION wall.app_in_school() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT coalesce(split_part((wall.viewer())[4], ':', 1) = 'school', false);
$body$;

-- Whether nobody's guardian is meant: so for one that is just being written down.
CREATE OR REPLACE FUNCTION wall.app_nobodys_guardian(guardian bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT NOT EXISTS (SELECT 1 FROM public.people_guardianship g WHERE g.guardian_id = $1);
$body$;

-- Who is protected and not the viewer's to handle: in no row of its zone either.
CREATE OR REPLACE FUNCTION wall.app_shielded() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  viewer text[] := wall.viewer();
BEGIN
  RETURN coalesce((
    SELECT array_agg(q.id) FROM public.people_pupil q
     WHERE q.protection > 0 AND NOT EXISTS (
       SELECT 1 FROM public.people_namedhandler h
        WHERE h.pupil_id = q.id AND h.staff_id = viewer[3]::bigint
          AND h.first_day <= viewer[6]::date
          AND (h.last_day IS NULL OR h.last_day >= viewer[6]::date))), '{}');
END $body$;

CREATE OR REPLACE FUNCTION wall.app_day() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT (wall.viewer())[6]::date;
$body$;

-- Whose consent lets something out to the viewer's zone now or soon: those a head there hands out by
-- code, and of whom it meets no more than that they are there.
CREATE OR REPLACE FUNCTION wall.app_arrived() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  viewer text[] := wall.viewer();
BEGIN
  RETURN coalesce((
    SELECT array_agg(c.pupil_id) FROM public.consents_consent c
      JOIN public.people_pupil q ON q.id = c.pupil_id AND q.protection = 0
     WHERE c.to_zone = viewer[4] AND c.state = 'given' AND c.valid_to >= viewer[6]::date), '{}');
END $body$;
