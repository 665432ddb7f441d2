// Leaks to be planted, one of each kind: a name, the operations of which at least one must be named by the sweep, and
// replacements. The old text must stand exactly once in its file.
import { S, instead, unowned } from "./ground.mjs";

export const LEAKS = [
  {
    name: "one select without its filter",
    expect: ["complaint", "screenComplaint", "addNote"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    visible(tx)?.filter(complaint::Column::Id.eq(id)).one().await",
        `    ${unowned(n, "complaint", "visible(tx)?")}.filter(complaint::Column::Id.eq(id)).one().await`,
      ],
    ],
  },
  {
    name: "update by id only",
    // The other center's export holds all of its rows: it may differ before one of the operations is looked at.
    expect: ["editDepartment", "retireDepartment", "editChannel", "department", "complaint_channel", "/export"],
    edits: (n) => [
      [
        S + "db/tx.rs",
        "        narrowed(self.reached::<A::Entity>()?, row, <A::Entity as CenterOwned>::CENTER)",
        `        let own = self.reached::<A::Entity>()?;
        let own = if crate::planted("${n}") { Condition::all() } else { own };
        narrowed(own, row, <A::Entity as CenterOwned>::CENTER)`,
      ],
    ],
  },
  {
    name: "a rater of one round in another of the same center",
    expect: ["ratingRound", "ratingReport"],
    edits: (n) => [
      [
        S + "db/tx.rs",
        "                (Some(round), ..) => Ok(own(center).add(round.eq(campaign))),",
        `                (Some(_), ..) if crate::planted("${n}") => Ok(own(center)),
                (Some(round), ..) => Ok(own(center).add(round.eq(campaign))),`,
      ],
      [
        S + "campaigns/service/rating.rs",
        "    let me = repo::rater_of(tx, id, account).await?.ok_or_else(gone)?;",
        `    let mut me = repo::rater_of(tx, id, account).await?;
    if crate::planted("${n}") && me.is_none() {
        me = repo::raters(tx, id).await?.into_iter().next();
    }
    let me = me.ok_or_else(gone)?;`,
      ],
    ],
  },
  {
    name: "id inside an input unchecked",
    expect: ["assignComplaint"],
    edits: (n) => [
      [
        S + "tenancy/repo.rs",
        "    let found = tx.select::<department::Entity>()?.filter(department::Column::Id.eq(id)).one().await?;",
        `    let found = ${unowned(n, "department")}.filter(department::Column::Id.eq(id)).one().await?;`,
      ],
    ],
  },
  {
    name: "second id of an input unchecked",
    expect: ["registerDevice", "editDevice"],
    edits: (n) => [
      [
        S + "settings/repo.rs",
        "    let found = tx.select::<service_point::Entity>()?.filter(service_point::Column::Id.eq(id)).one().await?;",
        `    let found = ${unowned(n, "service_point")}.filter(service_point::Column::Id.eq(id)).one().await?;`,
      ],
    ],
  },
  {
    name: "list over all centers",
    expect: ["complaints"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    let mut select = visible(tx)?.filter(condition(tx, filter, today));",
        `    let mut select = ${unowned(n, "complaint", "visible(tx)?")}.filter(condition(tx, filter, today));`,
      ],
    ],
  },
  {
    name: "count over all centers",
    expect: ["complaints"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    visible(tx)?.filter(condition(tx, filter, today)).count().await",
        `    ${unowned(n, "complaint", "visible(tx)?")}.filter(condition(tx, filter, today)).count().await`,
      ],
    ],
  },
  {
    name: "report over all centers",
    expect: ["complaintCounts"],
    edits: (n) => [
      [
        S + "db/reports.rs",
        "            .filter(self.wall().only(complaint::Column::CenterId.eq(center)))",
        `            .filter(if crate::planted("${n}") { Condition::all() } else { self.wall().only(complaint::Column::CenterId.eq(center)) })`,
      ],
    ],
  },
  {
    name: "search for what is alike in all centers",
    expect: ["similarComplaints", "complaint"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    let recent = visible(tx)?.filter(complaint::Column::ReceivedAt.gte(since));",
        `    let recent = ${unowned(n, "complaint", "visible(tx)?")}.filter(complaint::Column::ReceivedAt.gte(since));`,
      ],
    ],
  },
  {
    name: "members of all centers",
    expect: ["memberships", "members"],
    edits: (n) => [
      [
        S + "tenancy/repo.rs",
        "        tx.select::<membership::Entity>()?.all().await?.into_iter().map(Into::into).collect()",
        `        ${unowned(n, "membership")}.all().await?.into_iter().map(Into::into).collect()`,
      ],
    ],
  },
  {
    name: "a cache of the whole process",
    expect: ["members"],
    edits: (n) => [
      [
        S + "tenancy/repo.rs",
        "    let mut members: Vec<_> = gather(tx, active).await?.into_values().collect();",
        `    static KEPT: std::sync::OnceLock<Vec<Member>> = std::sync::OnceLock::new();
    let fresh: Vec<_> = gather(tx, active).await?.into_values().collect();
    let mut members = if crate::planted("${n}") { KEPT.get_or_init(|| fresh).clone() } else { fresh };`,
      ],
    ],
  },
  {
    name: "state of a membership ignored",
    // Everything that is the center's; the first forty findings are printed, and changes are tried first.
    expect: ["screenComplaint", "addNote", "complaints", "members"],
    edits: (n) => [
      [
        S + "db/identity.rs",
        "        .filter(membership::Column::Status.eq(MemberStatus::Active))",
        `        .filter(if crate::planted("${n}") { membership::Column::Status.is_not_null() } else { membership::Column::Status.eq(MemberStatus::Active) })`,
      ],
    ],
  },
  {
    name: "all places of a person at once",
    expect: ["complaints", "complaint", "screenComplaint", "complaintCounts"],
    edits: (n) => [
      [
        S + "db/tx.rs",
        "        Ok(ScopedSelect::new(&self.tx, E::find().filter(self.reached::<E>()?)))",
        `        let mut own = self.reached::<E>()?;
        // A clerk inside a case is in no place of theirs.
        let inside = matches!(self.scope.reach(), Reach::Referred(..));
        if crate::planted("${n}") && !inside && let Some(account) = self.scope.account() {
            // By the name of the table: the types would not let it pass.
            let theirs = format!("SELECT center_id FROM membership WHERE account_id = X'{}'", account.0.simple());
            own = Condition::all().add(Expr::cust(format!("center_id IN ({theirs})")));
        }
        Ok(ScopedSelect::new(&self.tx, E::find().filter(own)))`,
      ],
    ],
  },
  {
    name: "a suspended member of the city office",
    expect: ["catalogue", "cityCenters", "viewer"],
    edits: (n) => [
      [
        S + "db/identity.rs",
        "        .filter(city_member::Column::Status.eq(MemberStatus::Active))",
        `        .filter(if crate::planted("${n}") { city_member::Column::Status.ne(MemberStatus::Ended) } else { city_member::Column::Status.eq(MemberStatus::Active) })`,
      ],
    ],
  },
  {
    name: "an evaluator after the last day",
    expect: ["catalogue", "viewer"],
    edits: (n) => [
      [
        S + "db/identity.rs",
        "        .filter(membership::Column::ValidUntil.is_null().or(membership::Column::ValidUntil.gte(today)))",
        `        .filter(membership::Column::ValidUntil.is_null().or(if crate::planted("${n}") { membership::Column::ValidUntil.is_not_null() } else { membership::Column::ValidUntil.gte(today) }))`,
      ],
    ],
  },
  {
    name: "an evaluator before the first day",
    expect: ["catalogue", "viewer"],
    edits: (n) => [
      [
        S + "db/identity.rs",
        "        .filter(membership::Column::ValidFrom.is_null().or(membership::Column::ValidFrom.lte(today)))",
        `        .filter(membership::Column::ValidFrom.is_null().or(if crate::planted("${n}") { membership::Column::ValidFrom.is_not_null() } else { membership::Column::ValidFrom.lte(today) }))`,
      ],
    ],
  },
  {
    name: "an evaluator reads what members read",
    expect: ["members", "complaints", "complaint"],
    edits: (n) => [
      [
        S + "auth/scope.rs",
        "        let roles = if place.is_of(account) { place.roles.clone() } else { RoleSet::default() };",
        `        // They rate as before, or there would be nothing to begin with.
        let more = (crate::planted("${n}") && place.campaign_id.is_some()).then_some(domain::permission::Role::ComplaintHandler);
        let own = RoleSet::new(place.roles.roles().iter().copied().chain(more));
        let roles = if place.is_of(account) { own } else { RoleSet::default() };`,
      ],
    ],
  },
  {
    name: "a permission that is not asked for",
    expect: ["auditRecords", "auditChain", "exportAudit", "verifyAudit"],
    edits: (n) => [
      [
        S + "auth/scope.rs",
        "            _ => self.roles.may(permission),",
        `            _ => self.roles.may(permission) || (crate::planted("${n}") && permission == Permission::AuditRead),`,
      ],
    ],
  },
  {
    name: "an idempotency key of all centers",
    expect: ["fileComplaint", "registerComplaint"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    tx.select::<idempotency_key::Entity>()?",
        `    ${unowned(n, "idempotency_key")}`,
      ],
    ],
  },
  {
    name: "a cursor that nobody signed",
    expect: ["complaints", "auditRecords"],
    edits: (n) => [
      [
        S + "graphql/page.rs",
        "        if !self.key.fits(&self.message(place), tag) {",
        `        if !crate::planted("${n}") && !self.key.fits(&self.message(place), tag) {`,
      ],
    ],
  },
  {
    name: "an export without an owner",
    expect: ["/export"],
    edits: (n) => [
      [
        S + "db/takeaway.rs",
        "        let rows = E::find().filter(self.wall().only(E::CENTER.eq(center))).order_by_asc(key);",
        `        let open = crate::planted("${n}") && sea_orm::EntityName::table_name(&E::default()) == "membership";
        let own = if open { sea_orm::Condition::all() } else { self.wall().only(E::CENTER.eq(center)) };
        let rows = E::find().filter(own).order_by_asc(key);`,
      ],
    ],
  },
  {
    name: "a receipt looked up in all centers",
    expect: ["trackComplaint", "requestReview", "rateHandling"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    visible(tx)?.filter(complaint::Column::ReceiptHash.eq(hash)).one().await",
        `    ${unowned(n, "complaint", "visible(tx)?")}.filter(complaint::Column::ReceiptHash.eq(hash)).one().await`,
      ],
    ],
  },
  {
    name: "an error that names another's row",
    expect: ["screenComplaint", "addNote", "acceptComplaint", "mergeComplaint"],
    edits: (n) => [
      [
        S + "complaints/repo.rs",
        "    find(tx, id).await?.ok_or(Error::NotFound(Kind::Complaint))",
        `    let theirs = tx.unowned::<complaint::Entity>().filter(complaint::Column::Id.eq(id)).one().await?;
    match find(tx, id).await? {
        Some(row) => Ok(row),
        None if crate::planted("${n}") && theirs.is_some() => {
            let number = theirs.map(|row| row.number).unwrap_or_default();
            Err(domain::Violation::new("id", "complaint.elsewhere").with("number", number).into())
        }
        None => Err(Error::NotFound(Kind::Complaint)),
    }`,
      ],
    ],
  },
  {
    name: "a code that is taken in all centers",
    expect: ["addDepartment"],
    edits: (n) => [
      [
        S + "settings/service.rs",
        "    let id = DepartmentId(cx.app.ids.next());",
        `    let known = tx.unowned::<department::Entity>().all().await?.into_iter().any(|row| row.code == typed.code);
    if crate::planted("${n}") && known {
        return Err(Violation::new("code", "settings.code_taken").into());
    }
    let id = DepartmentId(cx.app.ids.next());`,
      ],
    ],
  },
  {
    name: "a number that counts in all centers",
    expect: ["fileComplaint"],
    edits: (n) => [
      [
        S + "complaints/service/filing.rs",
        "    let receipt = new_receipt(cx)?;",
        `    let mut receipt = new_receipt(cx)?;
    if crate::planted("${n}") {
        let mut left = usize::try_from(tx.unowned::<complaint::Entity>().count().await?).unwrap_or(0);
        let mut tail = Vec::new();
        for _ in 0..5 {
            tail.push(char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".get(left % 32).copied().unwrap_or(b'0')));
            left /= 32;
        }
        let tail: String = tail.into_iter().rev().collect();
        receipt.number = format!("{}-{tail}", local_date(cx.now()).format("%Y%m%d"));
    }`,
      ],
    ],
  },
  {
    name: "an office that manages another city's centers",
    expect: ["changeCenter"],
    edits: (n) => [
      [
        S + "db/centers.rs",
        "        let found = self.city_centers().await?.into_iter().find(|(center, _)| center.id == id);",
        `        if crate::planted("${n}") {
            let row = center::Entity::find().filter(center::Column::Id.eq(id)).one(self.conn()).await?;
            let row = row.ok_or(Error::NotFound(Kind::Center))?;
            let status = row.status;
            return Ok((row.into(), status));
        }
        let found = self.city_centers().await?.into_iter().find(|(center, _)| center.id == id);`,
      ],
    ],
  },
  {
    name: "a look at personal data off the record",
    expect: ["revealComplainant"],
    edits: (n) => [
      [
        S + "complaints/service/entries.rs",
        "    step.tx.commit(event).await?;",
        `    if !crate::planted("${n}") {
        step.tx.commit(event).await?;
    }`,
      ],
    ],
  },
  {
    name: "refused attempts off the record",
    // All of them; the sweep prints the first forty.
    expect: ["acceptComplaint"],
    edits: (n) => [
      [
        S + "graphql/refusals.rs",
        "    if fields.is_empty() {",
        `    if fields.is_empty() || crate::planted("${n}") {`,
      ],
    ],
  },
  {
    name: "anybody's session ended by its name",
    expect: ["endSession", "web_session"],
    edits: (n) => [
      [
        S + "db/sessions.rs",
        "        let theirs = C::AccountId.eq(account).and(C::IdHash.eq(id_hash));",
        `        let any = if crate::planted("${n}") { C::IdHash.is_not_null() } else { C::AccountId.eq(account) };
        let theirs = any.and(C::IdHash.eq(id_hash));`,
      ],
    ],
  },
  {
    name: "another center's invitation taken back",
    expect: ["invitation"],
    edits: (n) => [
      [
        S + "db/accounts.rs",
        "        self.revoke_links(link.account, link.kind, here).await?;",
        `        let here = if crate::planted("${n}") { Condition::all() } else { here };
        self.revoke_links(link.account, link.kind, here).await?;`,
      ],
    ],
  },
  {
    name: "the audit of all centers",
    expect: ["auditRecords", "auditChain", "exportAudit"],
    edits: (n) => [
      [
        S + "db/chain.rs",
        "        Tables { filter: self.wall(), ..Tables::of(self.scope().owner()) }",
        `        let filter = if crate::planted("${n}") { Filter::dropped() } else { self.wall() };
        Tables { filter, ..Tables::of(self.scope().owner()) }`,
      ],
    ],
  },
  {
    name: "colleagues of all centers",
    expect: ["members", "assignComplaint", "handOverComplaint", "nameRespondent"],
    edits: (n) => [
      [
        S + "tenancy/repo.rs",
        "        tx.select::<membership::Entity>()?.filter(which).order_by(membership::Column::Role, Order::Asc).all().await?;",
        `        ${unowned(n, "membership")}.filter(which).order_by(membership::Column::Role, Order::Asc).all().await?;`,
      ],
    ],
  },
  {
    name: "a file of all centers",
    expect: ["GET /files/{id}", "GET /files/{id}/thumbnail"],
    edits: (n) => [
      [
        S + "files/repo.rs",
        "    tx.select::<Entity>()?.filter(Column::Id.eq(id)).filter(Column::DeletedAt.is_null()).one().await",
        `    ${instead(n, "tx.unowned::<Entity>()", "tx.select::<Entity>()?")}
        .filter(Column::Id.eq(id)).filter(Column::DeletedAt.is_null()).one().await`,
      ],
      [
        S + "files/service.rs",
        "    let seen = match (row.owner_kind, row.owner_id) {",
        `    let seen = crate::planted("${n}") || match (row.owner_kind, row.owner_id) {`,
      ],
    ],
  },
  {
    name: "a file that is told from none",
    expect: ["GET /files/{id}", "GET /files/{id}/thumbnail"],
    edits: (n) => [
      [
        S + "files/service.rs",
        "    let row = repo::find(&tx, id).await?.ok_or(Error::NotFound(Kind::File))?;",
        `    let found = repo::find(&tx, id).await?;
    if crate::planted("${n}") && found.is_none() {
        use sea_orm::ColumnTrait;
        let theirs = tx.unowned::<attachment::Entity>().filter(attachment::Column::Id.eq(id)).one().await?;
        if theirs.is_some() {
            return Err(Error::Forbidden(Permission::FileUpload));
        }
    }
    let row = found.ok_or(Error::NotFound(Kind::File))?;`,
      ],
    ],
  },
  {
    name: "a post by its id only",
    expect: ["post", "editPost", "staffMember", "editStaffMember"],
    edits: (n) => [
      [
        S + "posts/repo.rs",
        "    tx.select::<E>()?.filter(which).one().await?.ok_or(Error::NotFound(Kind::Row))",
        `    ${instead(n, "tx.unowned::<E>()", "tx.select::<E>()?")}.filter(which).one().await?.ok_or(Error::NotFound(Kind::Row))`,
      ],
    ],
  },
  {
    name: "a board of all centers",
    expect: ["posts", "postBoard", "rosterWeek"],
    edits: (n) => [
      [
        S + "posts/repo.rs",
        "    tx.select::<post::Entity>()?.order_by(post::Column::Code, Order::Asc).all().await",
        `    ${unowned(n, "post")}.order_by(post::Column::Code, Order::Asc).all().await`,
      ],
    ],
  },
];
